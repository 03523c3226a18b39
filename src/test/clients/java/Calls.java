import client.ApiClient;
import client.ApiException;
import client.api.ApiKeysApi;
import client.api.AuditLogApi;
import client.api.EventsApi;
import client.api.MeApi;
import client.api.OrganisationsApi;
import client.api.RenewalApi;
import client.api.StatusApi;
import client.api.SuppliersApi;
import client.api.VerificationApi;
import client.api.WebhooksApi;
import client.model.AdministratorInvitation;
import client.model.ClientCertificateInput;
import client.model.ApiKey;
import client.model.ApiKeyChange;
import client.model.ApiKeyCreation;
import client.model.AuditAction;
import client.model.CustomFieldCreation;
import client.model.Decision;
import client.model.Me;
import client.model.Organisation;
import client.model.OrganisationChange;
import client.model.OrganisationCreation;
import client.model.Problem;
import client.model.ProblemCode;
import client.model.Reason;
import client.model.Reference;
import client.model.Refresh;
import client.model.Rejection;
import client.model.Revocation;
import client.model.Scope;
import client.model.SecretRotation;
import client.model.Status;
import client.model.Supplier;
import client.model.SupplierBulk;
import client.model.SupplierData;
import client.model.SupplierImport;
import client.model.Suspension;
import client.model.UnitName;
import client.model.Webhook;
import client.model.WebhookChange;
import client.model.WebhookCreation;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Calls every operation with the Java client that was generated from the document, and prints the
 * id of each operation that was answered as the document says.
 */
public final class Calls {
  private static final String SERVER = System.getenv("SERVER");
  private static final String SECRET = System.getenv("SECRET");
  private static final String NAME = System.getenv("NAME");
  private static final String BY_OPERATOR = "Bearer " + System.getenv("OPERATOR");

  private Calls() {}

  private static ApiClient open() {
    ApiClient client = new ApiClient();
    client.updateBaseUri(SERVER);
    return client;
  }

  private static ApiClient with(String header, String value) {
    ApiClient client = open();
    client.setRequestInterceptor(request -> request.header(header, value));
    return client;
  }

  private static <T> T called(String operation, T answer) {
    System.out.println(operation);
    return answer;
  }

  private static void expect(boolean holds, Object what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  private static String tag(int version) {
    return "\"" + version + "\"";
  }

  public static void main(String[] arguments) throws Exception {
    ApiClient caller = with("Authorization", "Bearer " + SECRET);
    Status status = called("getStatus", new StatusApi(open()).getStatus());
    expect(status.getName().equals("Keyturn"), status);
    Me me = called("getMe", new MeApi(caller).getMe());
    called("getMe", new MeApi(with("X-API-Key", SECRET)).getMe());
    keys(new ApiKeysApi(caller), me);

    AuditLogApi audit = new AuditLogApi(caller);
    called(
        "listAuditEvents",
        audit.listAuditEvents(
            AuditAction.API_KEY_CREATED, null, null, null, null, null, null, null, null));
    called("verifyAuditLog", audit.verifyAuditLog(null));

    called("listEvents", new EventsApi(caller).listEvents(null, 1, null));
    webhooks(new WebhooksApi(caller));

    SuppliersApi suppliers = new SuppliersApi(caller);
    UUID supplier =
        called(
                "listSuppliers",
                suppliers.listSuppliers(
                    null, true, null, null, null, null, null, null, null, null, null, 1, null, null,
                    null, null, null, null, null, null, null, null))
            .getData()
            .get(0)
            .getId();
    called("getSupplier", suppliers.getSupplier(supplier, null));
    called("listLocations", suppliers.listLocations(null, null, null, null));
    suppliers(suppliers);

    VerificationApi verification = new VerificationApi(caller);
    called("introspect", verification.introspect(SECRET, null));
    verification.verify(null, SECRET);
    called("verify", null);
    String client = System.getenv("CLIENT_ID") + ":" + System.getenv("CLIENT_SECRET");
    String basic =
        "Basic "
            + Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8));
    called(
        "renewSecret",
        new RenewalApi(with("Authorization", basic))
            .renewSecret("client_credentials", null, null, null));

    platform(new OrganisationsApi(with("Authorization", BY_OPERATOR)));

    try {
      new MeApi(with("Authorization", "Bearer wrong")).getMe();
      throw new AssertionError("a wrong secret was accepted");
    } catch (ApiException e) {
      Problem problem =
          new ApiClient().getObjectMapper().readValue(e.getResponseBody(), Problem.class);
      expect(problem.getCode() == ProblemCode.UNAUTHENTICATED, problem);
    }
  }

  private static void keys(ApiKeysApi keys, Me me) throws Exception {
    UUID id =
        called("createApiKey", keys.createApiKey(new ApiKeyCreation().name(NAME), null))
            .getApiKey()
            .getId();
    called("listApiKeys", keys.listApiKeys(null, null, 1, null, null));
    ApiKey got = called("getApiKey", keys.getApiKey(id, null));
    ApiKey changed =
        called(
            "changeApiKey",
            keys.changeApiKey(
                id, tag(got.getVersion()), new ApiKeyChange().requestsPerMinute(60)));
    expect(changed.getScopes().equals(List.of(Scope.SUPPLIERS_READ)), changed);
    called("refreshApiKey", keys.refreshApiKey(id, new Refresh().replaces(1).gracePeriod("PT1H")));
    called("refreshSelf", keys.refreshSelf(new Refresh().replaces(me.getSecretNumber())));
    Reason reason = new Reason().reason("a test");
    called("stopLeakedApiKey", keys.stopLeakedApiKey(id, reason));
    called("getApiKeyUsage", keys.getApiKeyUsage(id, null, null));
    called("revokeApiKey", keys.revokeApiKey(id, reason));
    called(
        "revokeApiKeys", keys.revokeApiKeys(new Revocation().unusedFor("P90D").reason("a test")));
  }

  private static void webhooks(WebhooksApi webhooks) throws Exception {
    WebhookCreation wanted = new WebhookCreation().url("https://erp.example.com/hook");
    UUID id = called("createWebhook", webhooks.createWebhook(wanted, null)).getWebhook().getId();
    called("listWebhooks", webhooks.listWebhooks(null, null, null));
    Webhook got = called("getWebhook", webhooks.getWebhook(id, null));
    called(
        "changeWebhook",
        webhooks.changeWebhook(id, tag(got.getVersion()), new WebhookChange().description("ERP")));
    called(
        "rotateWebhookSecret",
        webhooks.rotateWebhookSecret(id, new SecretRotation().overlap("PT1H"), null));
    called(
        "putWebhookClientCertificate",
        webhooks.putWebhookClientCertificate(
            id,
            new ClientCertificateInput()
                .certificateChain(System.getenv("CERTIFICATE"))
                .privateKey(System.getenv("PRIVATE_KEY"))));
    webhooks.deleteWebhookClientCertificate(id);
    called("deleteWebhookClientCertificate", null);
    UUID delivery = called("testWebhook", webhooks.testWebhook(id)).getId();
    called(
        "listWebhookDeliveries", webhooks.listWebhookDeliveries(id, null, null, null, null));
    called("sendDeliveryAgain", webhooks.sendDeliveryAgain(delivery, id));
    webhooks.deleteWebhook(id);
    called("deleteWebhook", null);
  }

  private static void suppliers(SuppliersApi suppliers) throws Exception {
    UnitName unit = new UnitName().name(NAME);
    UUID location = called("createLocation", suppliers.createLocation(unit, null)).getId();
    called("renameLocation", suppliers.renameLocation(location, unit));
    UUID department = called("createDepartment", suppliers.createDepartment(unit, null)).getId();
    called("renameDepartment", suppliers.renameDepartment(department, unit));
    called("listDepartments", suppliers.listDepartments(null, null, null, null));
    called(
        "createCustomField",
        suppliers.createCustomField(
            new CustomFieldCreation().name("java").type(CustomFieldCreation.TypeEnum.TEXT), null));
    called("listCustomFields", suppliers.listCustomFields(null, null, null));
    SupplierData data =
        new SupplierData()
            .name(NAME)
            .customFields(Map.of("java", "yes"))
            .addLocationsItem(new Reference().id(location));
    Supplier created = called("createSupplier", suppliers.createSupplier(data, null));
    expect(created.getStatus() == Supplier.StatusEnum.UNAPPROVED, created);
    UUID id = created.getId();
    Supplier changed =
        called(
            "changeSupplier",
            suppliers.changeSupplier(
                id, tag(created.getVersion()), new SupplierData().currency("EUR")));
    expect(changed.getLocations().size() == 1, changed);
    called("putSupplier", suppliers.putSupplier(NAME, new SupplierData().name(NAME), null));
    called(
        "writeSuppliers",
        suppliers.writeSuppliers(
            new SupplierBulk().addSuppliersItem(new SupplierData().name(NAME)), null));
    called("submitSupplier", suppliers.submitSupplier(id, null, null));
    called(
        "rejectSupplier", suppliers.rejectSupplier(id, new Rejection().reason("a test"), null, null));
    suppliers.submitSupplier(id, null, null);
    called("approveSupplier", suppliers.approveSupplier(id, null, null, new Decision()));
    called("archiveSupplier", suppliers.archiveSupplier(id, null, null, new Decision()));
    called("unarchiveSupplier", suppliers.unarchiveSupplier(id, null, null));
    called("listSupplierChanges", suppliers.listSupplierChanges(id, null, null, null));
    files(suppliers);
    called("listCountries", suppliers.listCountries(null, null, null));
    called("listCurrencies", suppliers.listCurrencies(null, null, null));
    called("listCategories", suppliers.listCategories(null, null, null));
    called("listIndustries", suppliers.listIndustries(null, null, null));
    called("listPaymentTerms", suppliers.listPaymentTerms(null, null, null));
    called("listUsers", suppliers.listUsers(null, null, null));
  }

  private static void files(SuppliersApi suppliers) throws Exception {
    File exported =
        called(
            "exportSuppliers",
            suppliers.exportSuppliers(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, null, "all", null, null));
    expect(Files.readString(exported.toPath()).contains(NAME), exported);
    SupplierImport sent =
        called("importSuppliers", suppliers.importSuppliers(exported, null, true));
    while (sent.getFinishedAt() == null) {
      Thread.sleep(200);
      sent = suppliers.getSupplierImport(sent.getId());
    }
    called("getSupplierImport", sent);
    expect(sent.getUnchanged().equals(sent.getRows()), sent);
    called("listSupplierImports", suppliers.listSupplierImports(null, null, null));
    called("getSupplierImportResult", suppliers.getSupplierImportResult(sent.getId()));
  }

  private static void platform(OrganisationsApi platform) throws Exception {
    Organisation created =
        called(
                "createOrganisation",
                platform.createOrganisation(
                    new OrganisationCreation()
                        .domain(NAME)
                        .name("Acme")
                        .administratorEmail("admin@" + NAME + ".example")))
            .getOrganisation();
    UUID id = created.getId();
    called("listOrganisations", platform.listOrganisations(null, null, null, null));
    called("getOrganisation", platform.getOrganisation(id, null));
    called(
        "renameOrganisation",
        platform.renameOrganisation(
            id, tag(created.getVersion()), new OrganisationChange().name("Acme Group")));
    called(
        "inviteAdministrator",
        platform.inviteAdministrator(
            id, new AdministratorInvitation().administratorEmail("other@" + NAME + ".example")));
    Suspension suspension = new Suspension().reason("a test");
    called("suspendOrganisation", platform.suspendOrganisation(id, suspension));
    called("resumeOrganisation", platform.resumeOrganisation(id));
    platform.suspendOrganisation(id, suspension);
    called("exportOrganisation", platform.exportOrganisation(id));
    platform.deleteOrganisation(id, sha256OfExport(id));
    called("deleteOrganisation", null);
    called(
        "listOperatorEvents",
        platform.listOperatorEvents(null, null, null, null, null, null, null, null, null));
    called("verifyOperatorEvents", platform.verifyOperatorEvents(null));
  }

  /** The client answers the export as an object, of which the bytes are not known. */
  private static String sha256OfExport(UUID id) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(SERVER + "/api/v1/organisations/" + id + "/export"))
            .header("Authorization", BY_OPERATOR)
            .build();
    byte[] export =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray()).body();
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(export));
  }
}
