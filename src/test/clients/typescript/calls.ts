// Calls every operation with the TypeScript client that was generated from the document, and prints
// the id of each operation that was answered as the document says.
import { createHash } from "node:crypto";
import * as client from "./client";

const setting = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`${name} is not set`);
  }
  return value;
};

const configured = (credentials: client.ConfigurationParameters) =>
  new client.Configuration({ basePath: setting("SERVER"), ...credentials });

const called = async <T>(operation: string, answer: Promise<T>): Promise<T> => {
  const value = await answer;
  console.log(operation);
  return value;
};

const expect = (holds: boolean, what: string) => {
  if (!holds) {
    throw new Error(what);
  }
};

const calls = async () => {
  const secret = setting("SECRET");
  const name = setting("NAME");
  const caller = configured({ apiKey: secret });

  const status = await called("getStatus", new client.StatusApi(configured({})).getStatus());
  expect(status.name === "Keyturn", "name");
  const me = await called("getMe", new client.MeApi(caller).getMe());
  expect(me.scopes.includes(client.Scope.ApiKeysManage), "scopes");
  await called("getMe", new client.MeApi(configured({ accessToken: secret })).getMe());
  // For OAuth 2.0, this generator wants the whole value of the header.
  const bearer = configured({
    accessToken: async (scheme) => (scheme === "oauth2" ? `Bearer ${secret}` : secret),
  });
  await called("listLocations", new client.SuppliersApi(bearer).listLocations());

  const keys = new client.APIKeysApi(caller);
  const issued = await called("createApiKey", keys.createApiKey({ apiKeyCreation: { name } }));
  const id = issued.apiKey.id;
  await called("listApiKeys", keys.listApiKeys({ limit: 1 }));
  const got = await called("getApiKey", keys.getApiKey({ id }));
  const changed = await called(
    "changeApiKey",
    keys.changeApiKey({
      id,
      ifMatch: `"${got.version}"`,
      apiKeyChange: { requestsPerMinute: 60 },
    }),
  );
  expect(changed.scopes.join() === client.Scope.SuppliersRead, `scopes ${changed.scopes}`);
  await called(
    "refreshApiKey",
    keys.refreshApiKey({ id, refresh: { replaces: 1, gracePeriod: "PT1H" } }),
  );
  await called("refreshSelf", keys.refreshSelf({ refresh: { replaces: me.secretNumber } }));
  const reason = { reason: "a test" };
  await called("stopLeakedApiKey", keys.stopLeakedApiKey({ id, reason }));
  await called("getApiKeyUsage", keys.getApiKeyUsage({ id }));
  await called("revokeApiKey", keys.revokeApiKey({ id, reason }));
  await called(
    "revokeApiKeys",
    keys.revokeApiKeys({ revocation: { unusedFor: "P90D", ...reason } }),
  );

  const audit = new client.AuditLogApi(caller);
  await called(
    "listAuditEvents",
    audit.listAuditEvents({ action: client.AuditAction.ApiKeyCreated }),
  );
  await called("verifyAuditLog", audit.verifyAuditLog());

  await called("listEvents", new client.EventsApi(caller).listEvents({ limit: 1 }));
  const webhooks = new client.WebhooksApi(caller);
  const { webhook } = await called(
    "createWebhook",
    webhooks.createWebhook({ webhookCreation: { url: "https://erp.example.com/hook" } }),
  );
  const hook = { id: webhook.id };
  await called("listWebhooks", webhooks.listWebhooks());
  const read = await called("getWebhook", webhooks.getWebhook(hook));
  await called(
    "changeWebhook",
    webhooks.changeWebhook({
      ...hook,
      ifMatch: `"${read.version}"`,
      webhookChange: { description: "ERP" },
    }),
  );
  await called(
    "rotateWebhookSecret",
    webhooks.rotateWebhookSecret({ ...hook, secretRotation: { overlap: "PT1H" } }),
  );
  const clientCertificateInput = {
    certificateChain: setting("CERTIFICATE"),
    privateKey: setting("PRIVATE_KEY"),
  };
  await called(
    "putWebhookClientCertificate",
    webhooks.putWebhookClientCertificate({ ...hook, clientCertificateInput }),
  );
  await called("deleteWebhookClientCertificate", webhooks.deleteWebhookClientCertificate(hook));
  const delivery = await called("testWebhook", webhooks.testWebhook(hook));
  await called("listWebhookDeliveries", webhooks.listWebhookDeliveries(hook));
  await called(
    "sendDeliveryAgain",
    webhooks.sendDeliveryAgain({ ...hook, delivery: delivery.id }),
  );
  await called("deleteWebhook", webhooks.deleteWebhook(hook));

  const suppliers = new client.SuppliersApi(caller);
  const page = await called("listSuppliers", suppliers.listSuppliers({ limit: 1, count: true }));
  await called("getSupplier", suppliers.getSupplier({ id: page.data[0].id }));
  await called("listLocations", suppliers.listLocations());
  const unitName = { name };
  const location = await called("createLocation", suppliers.createLocation({ unitName }));
  await called("renameLocation", suppliers.renameLocation({ id: location.id, unitName }));
  const department = await called("createDepartment", suppliers.createDepartment({ unitName }));
  await called("renameDepartment", suppliers.renameDepartment({ id: department.id, unitName }));
  await called("listDepartments", suppliers.listDepartments());
  await called(
    "createCustomField",
    suppliers.createCustomField({ customFieldCreation: { name: "typescript", type: "text" } }),
  );
  await called("listCustomFields", suppliers.listCustomFields());
  const supplierData = {
    name,
    customFields: { typescript: "yes" },
    locations: [{ id: location.id }],
  };
  const created = await called("createSupplier", suppliers.createSupplier({ supplierData }));
  expect(created.status === "unapproved" && created.locations.length === 1, "created");
  const of = { id: created.id };
  const changedSupplier = await called(
    "changeSupplier",
    suppliers.changeSupplier({
      ...of,
      ifMatch: `"${created.version}"`,
      supplierData: { currency: "EUR" },
    }),
  );
  expect(changedSupplier.locations.length === 1, "changed");
  await called("putSupplier", suppliers.putSupplier({ externalId: name, supplierData: { name } }));
  const supplierBulk = { suppliers: [{ name }] };
  const bulk = await called("writeSuppliers", suppliers.writeSuppliers({ supplierBulk }));
  expect(bulk.results[0].status === 201, "bulk");
  await called("submitSupplier", suppliers.submitSupplier(of));
  await called(
    "rejectSupplier",
    suppliers.rejectSupplier({ ...of, rejection: { reason: "a test" } }),
  );
  await suppliers.submitSupplier(of);
  await called("approveSupplier", suppliers.approveSupplier({ ...of, decision: {} }));
  await called("archiveSupplier", suppliers.archiveSupplier({ ...of, decision: {} }));
  await called("unarchiveSupplier", suppliers.unarchiveSupplier(of));
  await called("listSupplierChanges", suppliers.listSupplierChanges(of));
  const file = await called("exportSuppliers", suppliers.exportSuppliers({ status: "all" }));
  let sent = await called("importSuppliers", suppliers.importSuppliers({ file, dryRun: true }));
  while (sent.finishedAt === null) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    sent = await suppliers.getSupplierImport({ id: sent.id });
  }
  expect(sent.rows > 0 && sent.unchanged === sent.rows, "imported");
  await called("getSupplierImport", suppliers.getSupplierImport({ id: sent.id }));
  await called("listSupplierImports", suppliers.listSupplierImports());
  await called("getSupplierImportResult", suppliers.getSupplierImportResult({ id: sent.id }));
  await called("listCountries", suppliers.listCountries());
  await called("listCurrencies", suppliers.listCurrencies());
  await called("listCategories", suppliers.listCategories());
  await called("listIndustries", suppliers.listIndustries());
  await called("listPaymentTerms", suppliers.listPaymentTerms());
  await called("listUsers", suppliers.listUsers());

  const verification = new client.VerificationApi(caller);
  await called("introspect", verification.introspect({ token: secret }));
  await called("verify", verification.verify({ xKeyturnVerifier: secret }));
  const renewal = new client.RenewalApi(
    configured({ username: setting("CLIENT_ID"), password: setting("CLIENT_SECRET") }),
  );
  await called("renewSecret", renewal.renewSecret({ grantType: "client_credentials" }));

  const platform = new client.OrganisationsApi(configured({ accessToken: setting("OPERATOR") }));
  const { organisation } = await called(
    "createOrganisation",
    platform.createOrganisation({
      organisationCreation: {
        domain: name,
        name: "Acme",
        administratorEmail: `admin@${name}.example`,
      },
    }),
  );
  const own = { id: organisation.id };
  await called("listOrganisations", platform.listOrganisations());
  await called("getOrganisation", platform.getOrganisation(own));
  await called(
    "renameOrganisation",
    platform.renameOrganisation({
      ...own,
      ifMatch: `"${organisation.version}"`,
      organisationChange: { name: "Acme Group" },
    }),
  );
  await called(
    "inviteAdministrator",
    platform.inviteAdministrator({
      ...own,
      administratorInvitation: { administratorEmail: `other@${name}.example` },
    }),
  );
  await called("suspendOrganisation", platform.suspendOrganisation({ ...own, suspension: reason }));
  await called("resumeOrganisation", platform.resumeOrganisation(own));
  await platform.suspendOrganisation({ ...own, suspension: reason });
  const exported = await called("exportOrganisation", platform.exportOrganisationRaw(own));
  const bytes = Buffer.from(await exported.raw.arrayBuffer());
  await called(
    "deleteOrganisation",
    platform.deleteOrganisation({
      ...own,
      _export: createHash("sha256").update(bytes).digest("hex"),
    }),
  );
  await called("listOperatorEvents", platform.listOperatorEvents());
  await called("verifyOperatorEvents", platform.verifyOperatorEvents());

  const refused = await new client.MeApi(configured({ accessToken: "wrong" })).getMe().then(
    () => undefined,
    (error: client.ResponseError) => error.response.json(),
  );
  expect(client.ProblemFromJSON(refused).code === client.ProblemCode.Unauthenticated, "problem");
};

calls().catch((error) => {
  console.error(error);
  if (error instanceof client.ResponseError) {
    error.response.text().then(console.error);
  }
  process.exitCode = 1;
});
