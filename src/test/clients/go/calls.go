// Calls every operation with the Go client that was generated from the document, and prints the id
// of each operation that was answered as the document says.
package main

import (
	"client"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"
)

var api = configured()

func configured() *client.APIClient {
	configuration := client.NewConfiguration()
	configuration.Servers = client.ServerConfigurations{{URL: os.Getenv("SERVER")}}
	return client.NewAPIClient(configuration)
}

func bearer(secret string) context.Context {
	return context.WithValue(context.Background(), client.ContextAccessToken, secret)
}

func called[T any](operation string) func(T, *http.Response, error) T {
	return func(answer T, response *http.Response, failure error) T {
		check(operation, response, failure)
		return answer
	}
}

func check(operation string, _ *http.Response, failure error) {
	if failure != nil {
		var answered *client.GenericOpenAPIError
		if errors.As(failure, &answered) {
			fmt.Fprintln(os.Stderr, string(answered.Body()))
		}
		panic(fmt.Sprint(operation, ": ", failure))
	}
	fmt.Println(operation)
}

func expect(holds bool, what any) {
	if !holds {
		panic(what)
	}
}

func tag(version int32) string {
	return strconv.Quote(strconv.Itoa(int(version)))
}

// callSuppliers writes suppliers and the lists that they refer to.
func callSuppliers(ctx context.Context, api *client.SuppliersAPIService) {
	name := os.Getenv("NAME")
	unit := client.UnitName{Name: name}
	location := called[*client.Unit]("createLocation")(api.CreateLocation(ctx).UnitName(unit).Execute())
	called[*client.Unit]("renameLocation")(api.RenameLocation(ctx, location.Id).UnitName(unit).Execute())
	department := called[*client.Unit]("createDepartment")(api.CreateDepartment(ctx).UnitName(unit).Execute())
	called[*client.Unit]("renameDepartment")(
		api.RenameDepartment(ctx, department.Id).UnitName(unit).Execute())
	called[*client.UnitList]("listDepartments")(api.ListDepartments(ctx).Execute())
	called[*client.CustomField]("createCustomField")(api.CreateCustomField(ctx).
		CustomFieldCreation(client.CustomFieldCreation{Name: "go", Type: "text"}).Execute())
	called[*client.CustomFieldList]("listCustomFields")(api.ListCustomFields(ctx).Execute())
	var yes any = "yes"
	data := client.SupplierData{
		Name:         &name,
		CustomFields: map[string]*any{"go": &yes},
		Locations:    []client.Reference{{Id: location.Id}},
	}
	created := called[*client.Supplier]("createSupplier")(
		api.CreateSupplier(ctx).SupplierData(data).Execute())
	expect(created.Status == "unapproved" && len(created.Locations) == 1, created)
	currency := "EUR"
	change := client.SupplierData{Currency: *client.NewNullableString(&currency)}
	changed := called[*client.Supplier]("changeSupplier")(
		api.ChangeSupplier(ctx, created.Id).IfMatch(tag(created.Version)).SupplierData(change).Execute())
	expect(len(changed.Locations) == 1, changed)
	called[*client.Supplier]("putSupplier")(
		api.PutSupplier(ctx, name).SupplierData(client.SupplierData{Name: &name}).Execute())
	bulk := client.SupplierBulk{Suppliers: []client.SupplierData{{Name: &name}}}
	called[*client.SupplierBulkResult]("writeSuppliers")(api.WriteSuppliers(ctx).SupplierBulk(bulk).Execute())
	called[*client.Supplier]("submitSupplier")(api.SubmitSupplier(ctx, created.Id).Execute())
	called[*client.Supplier]("rejectSupplier")(
		api.RejectSupplier(ctx, created.Id).Rejection(client.Rejection{Reason: "a test"}).Execute())
	called[*client.Supplier]("submitSupplier")(api.SubmitSupplier(ctx, created.Id).Execute())
	called[*client.Supplier]("approveSupplier")(
		api.ApproveSupplier(ctx, created.Id).Decision(client.Decision{}).Execute())
	called[*client.Supplier]("archiveSupplier")(
		api.ArchiveSupplier(ctx, created.Id).Decision(client.Decision{}).Execute())
	called[*client.Supplier]("unarchiveSupplier")(api.UnarchiveSupplier(ctx, created.Id).Execute())
	called[*client.SupplierChangeList]("listSupplierChanges")(
		api.ListSupplierChanges(ctx, created.Id).Execute())
	file := called[*os.File]("exportSuppliers")(api.ExportSuppliers(ctx).Status("all").Execute())
	sent := called[*client.SupplierImport]("importSuppliers")(
		api.ImportSuppliers(ctx).File(file).DryRun(true).Execute())
	for sent.FinishedAt.Get() == nil {
		time.Sleep(200 * time.Millisecond)
		sent, _, _ = api.GetSupplierImport(ctx, sent.Id).Execute()
	}
	expect(sent.Unchanged == sent.Rows, sent)
	called[*client.SupplierImport]("getSupplierImport")(api.GetSupplierImport(ctx, sent.Id).Execute())
	called[*client.SupplierImportList]("listSupplierImports")(api.ListSupplierImports(ctx).Execute())
	called[*os.File]("getSupplierImportResult")(api.GetSupplierImportResult(ctx, sent.Id).Execute())
	called[*client.EntryList]("listCountries")(api.ListCountries(ctx).Execute())
	called[*client.EntryList]("listCurrencies")(api.ListCurrencies(ctx).Execute())
	called[*client.EntryList]("listCategories")(api.ListCategories(ctx).Execute())
	called[*client.EntryList]("listIndustries")(api.ListIndustries(ctx).Execute())
	called[*client.EntryList]("listPaymentTerms")(api.ListPaymentTerms(ctx).Execute())
	called[*client.EntryList]("listUsers")(api.ListUsers(ctx).Execute())
}

func main() {
	secret := os.Getenv("SECRET")
	name := os.Getenv("NAME")
	why := "a test"
	reason := client.Reason{Reason: &why}
	ctx := bearer(secret)

	status := called[*client.Status]("getStatus")(
		api.StatusAPI.GetStatus(context.Background()).Execute())
	expect(status.GetName() == "Keyturn", status)
	me := called[*client.Me]("getMe")(api.MeAPI.GetMe(ctx).Execute())
	byHeader := context.WithValue(context.Background(), client.ContextAPIKeys,
		map[string]client.APIKey{"header": {Key: secret}})
	called[*client.Me]("getMe")(api.MeAPI.GetMe(byHeader).Execute())

	keys := api.APIKeysAPI
	issued := called[*client.IssuedSecret]("createApiKey")(
		keys.CreateApiKey(ctx).ApiKeyCreation(*client.NewApiKeyCreation(name)).Execute())
	id := issued.ApiKey.Id
	called[*client.ApiKeyList]("listApiKeys")(keys.ListApiKeys(ctx).Limit(1).Execute())
	got := called[*client.ApiKey]("getApiKey")(keys.GetApiKey(ctx, id).Execute())
	change := client.NewApiKeyChange()
	change.SetRequestsPerMinute(60)
	changed := called[*client.ApiKey]("changeApiKey")(
		keys.ChangeApiKey(ctx, id).IfMatch(tag(got.Version)).ApiKeyChange(*change).Execute())
	expect(len(changed.Scopes) == 1 && changed.Scopes[0] == client.SUPPLIERS_READ, changed.Scopes)
	grace := "PT1H"
	called[*client.IssuedSecret]("refreshApiKey")(keys.RefreshApiKey(ctx, id).
		Refresh(client.Refresh{Replaces: 1, GracePeriod: &grace}).Execute())
	called[*client.IssuedSecret]("refreshSelf")(
		keys.RefreshSelf(ctx).Refresh(client.Refresh{Replaces: me.SecretNumber}).Execute())
	called[*client.IssuedSecret]("stopLeakedApiKey")(
		keys.StopLeakedApiKey(ctx, id).Reason(reason).Execute())
	called[*client.Usage]("getApiKeyUsage")(keys.GetApiKeyUsage(ctx, id).Execute())
	called[*client.ApiKey]("revokeApiKey")(keys.RevokeApiKey(ctx, id).Reason(reason).Execute())
	unused := "P90D"
	called[*client.Revoked]("revokeApiKeys")(keys.RevokeApiKeys(ctx).
		Revocation(client.Revocation{UnusedFor: &unused, Reason: why}).Execute())

	called[*client.AuditEventList]("listAuditEvents")(
		api.AuditLogAPI.ListAuditEvents(ctx).Action(client.API_KEY_CREATED).Execute())
	called[*client.AuditVerification]("verifyAuditLog")(api.AuditLogAPI.VerifyAuditLog(ctx).Execute())

	called[*client.EventList]("listEvents")(api.EventsAPI.ListEvents(ctx).Limit(1).Execute())
	webhooks := api.WebhooksAPI
	hook := called[*client.WebhookWithSecret]("createWebhook")(webhooks.CreateWebhook(ctx).
		WebhookCreation(*client.NewWebhookCreation("https://erp.example.com/hook")).Execute()).
		Webhook
	called[*client.WebhookList]("listWebhooks")(webhooks.ListWebhooks(ctx).Execute())
	called[*client.Webhook]("getWebhook")(webhooks.GetWebhook(ctx, hook.Id).Execute())
	description := "ERP"
	called[*client.Webhook]("changeWebhook")(webhooks.ChangeWebhook(ctx, hook.Id).
		IfMatch(tag(hook.Version)).
		WebhookChange(client.WebhookChange{Description: &description}).Execute())
	overlap := "PT1H"
	called[*client.WebhookWithSecret]("rotateWebhookSecret")(
		webhooks.RotateWebhookSecret(ctx, hook.Id).
			SecretRotation(client.SecretRotation{Overlap: &overlap}).Execute())
	called[*client.Webhook]("putWebhookClientCertificate")(
		webhooks.PutWebhookClientCertificate(ctx, hook.Id).ClientCertificateInput(
			*client.NewClientCertificateInput(
				os.Getenv("CERTIFICATE"), os.Getenv("PRIVATE_KEY"))).Execute())
	removed, failure := webhooks.DeleteWebhookClientCertificate(ctx, hook.Id).Execute()
	check("deleteWebhookClientCertificate", removed, failure)
	delivery := called[*client.WebhookDelivery]("testWebhook")(
		webhooks.TestWebhook(ctx, hook.Id).Execute())
	called[*client.WebhookDeliveryList]("listWebhookDeliveries")(
		webhooks.ListWebhookDeliveries(ctx, hook.Id).Execute())
	called[*client.WebhookDelivery]("sendDeliveryAgain")(
		webhooks.SendDeliveryAgain(ctx, delivery.Id, hook.Id).Execute())
	deleted, failure := webhooks.DeleteWebhook(ctx, hook.Id).Execute()
	check("deleteWebhook", deleted, failure)

	suppliers := called[*client.SupplierList]("listSuppliers")(
		api.SuppliersAPI.ListSuppliers(ctx).Limit(1).Count(true).Execute())
	called[*client.Supplier]("getSupplier")(
		api.SuppliersAPI.GetSupplier(ctx, suppliers.Data[0].Id).Execute())
	called[*client.UnitList]("listLocations")(api.SuppliersAPI.ListLocations(ctx).Execute())
	callSuppliers(ctx, api.SuppliersAPI)

	called[*client.Introspection]("introspect")(
		api.VerificationAPI.Introspect(ctx).Token(secret).Execute())
	response, failure := api.VerificationAPI.Verify(ctx).XKeyturnVerifier(secret).Execute()
	check("verify", response, failure)
	basic := context.WithValue(context.Background(), client.ContextBasicAuth,
		client.BasicAuth{UserName: os.Getenv("CLIENT_ID"), Password: os.Getenv("CLIENT_SECRET")})
	called[*client.Token]("renewSecret")(
		api.RenewalAPI.RenewSecret(basic).GrantType("client_credentials").Execute())

	operator := bearer(os.Getenv("OPERATOR"))
	platform := api.OrganisationsAPI
	created := called[*client.CreatedOrganisation]("createOrganisation")(
		platform.CreateOrganisation(operator).OrganisationCreation(
			*client.NewOrganisationCreation(name, "Acme", "admin@"+name+".example")).Execute())
	own := created.Organisation.Id
	called[*client.OrganisationList]("listOrganisations")(
		platform.ListOrganisations(operator).Execute())
	called[*client.Organisation]("getOrganisation")(
		platform.GetOrganisation(operator, own).Execute())
	called[*client.Organisation]("renameOrganisation")(
		platform.RenameOrganisation(operator, own).IfMatch(tag(created.Organisation.Version)).
			OrganisationChange(*client.NewOrganisationChange("Acme Group")).Execute())
	called[*client.Invitation]("inviteAdministrator")(
		platform.InviteAdministrator(operator, own).AdministratorInvitation(
			*client.NewAdministratorInvitation("other@"+name+".example")).Execute())
	suspend := platform.SuspendOrganisation(operator, own).
		Suspension(client.Suspension{Reason: &why})
	called[*client.Organisation]("suspendOrganisation")(suspend.Execute())
	called[*client.Organisation]("resumeOrganisation")(
		platform.ResumeOrganisation(operator, own).Execute())
	called[*client.Organisation]("suspendOrganisation")(suspend.Execute())
	_, exported, failure := platform.ExportOrganisation(operator, own).Execute()
	check("exportOrganisation", exported, failure)
	body, failure := io.ReadAll(exported.Body)
	expect(failure == nil, failure)
	response, failure = platform.DeleteOrganisation(operator, own).
		Export(fmt.Sprintf("%x", sha256.Sum256(body))).Execute()
	check("deleteOrganisation", response, failure)
	called[*client.AuditEventList]("listOperatorEvents")(
		platform.ListOperatorEvents(operator).Execute())
	called[*client.AuditVerification]("verifyOperatorEvents")(
		platform.VerifyOperatorEvents(operator).Execute())

	_, _, failure = api.MeAPI.GetMe(bearer("wrong")).Execute()
	var refused *client.GenericOpenAPIError
	expect(errors.As(failure, &refused), failure)
	problem, known := refused.Model().(client.Problem)
	expect(known && problem.Code == client.UNAUTHENTICATED, refused.Model())
}
