"""Calls every operation with the Python client that was generated from the document.

Prints the id of each operation that was answered as the document says.
"""

import hashlib
import os
import time

import client
from client import models


def configured(**credentials):
    return client.ApiClient(client.Configuration(host=os.environ["SERVER"], **credentials))


secret = os.environ["SECRET"]
name = os.environ["NAME"]
caller = configured(access_token=secret)


def called(operation, answer=None):
    print(operation, flush=True)
    return answer


assert called("getStatus", client.StatusApi(configured()).get_status()).name == "Keyturn"
me = called("getMe", client.MeApi(caller).get_me())
assert models.Scope.API_MINUS_KEYS_COLON_MANAGE in me.scopes
called("getMe", client.MeApi(configured(api_key={"header": secret})).get_me())

keys = client.APIKeysApi(caller)
issued = called("createApiKey", keys.create_api_key(models.ApiKeyCreation(name=name)))
key = issued.api_key.id
called("listApiKeys", keys.list_api_keys(limit=1))
got = called("getApiKey", keys.get_api_key(key))
changed = called(
    "changeApiKey",
    keys.change_api_key(key, f'"{got.version}"', models.ApiKeyChange(requests_per_minute=60)),
)
assert changed.scopes == [models.Scope.SUPPLIERS_COLON_READ], changed.scopes
called("refreshApiKey", keys.refresh_api_key(key, models.Refresh(replaces=1, grace_period="PT1H")))
called("refreshSelf", keys.refresh_self(models.Refresh(replaces=me.secret_number)))
called("stopLeakedApiKey", keys.stop_leaked_api_key(key, models.Reason(reason="a test")))
called("getApiKeyUsage", keys.get_api_key_usage(key))
called("revokeApiKey", keys.revoke_api_key(key, models.Reason(reason="a test")))
called("revokeApiKeys", keys.revoke_api_keys(models.Revocation(unused_for="P90D", reason="a test")))

audit = client.AuditLogApi(caller)
called("listAuditEvents", audit.list_audit_events(action=models.AuditAction.API_KEY_CREATED))
called("verifyAuditLog", audit.verify_audit_log())

called("listEvents", client.EventsApi(caller).list_events(limit=1))
webhooks = client.WebhooksApi(caller)
webhook = called(
    "createWebhook",
    webhooks.create_webhook(models.WebhookCreation(url="https://erp.example.com/hook")),
).webhook
called("listWebhooks", webhooks.list_webhooks())
webhook = called("getWebhook", webhooks.get_webhook(webhook.id))
called(
    "changeWebhook",
    webhooks.change_webhook(
        webhook.id, f'"{webhook.version}"', models.WebhookChange(description="ERP")
    ),
)
called(
    "rotateWebhookSecret",
    webhooks.rotate_webhook_secret(webhook.id, models.SecretRotation(overlap="PT1H")),
)
identity = models.ClientCertificateInput(
    certificate_chain=os.environ["CERTIFICATE"], private_key=os.environ["PRIVATE_KEY"]
)
called(
    "putWebhookClientCertificate",
    webhooks.put_webhook_client_certificate(webhook.id, identity),
)
called(
    "deleteWebhookClientCertificate",
    webhooks.delete_webhook_client_certificate(webhook.id),
)
delivery = called("testWebhook", webhooks.test_webhook(webhook.id))
called("listWebhookDeliveries", webhooks.list_webhook_deliveries(webhook.id))
called("sendDeliveryAgain", webhooks.send_delivery_again(delivery.id, webhook.id))
called("deleteWebhook", webhooks.delete_webhook(webhook.id))

suppliers = client.SuppliersApi(caller)
supplier = called("listSuppliers", suppliers.list_suppliers(limit=1, count=True)).data[0]
called("getSupplier", suppliers.get_supplier(supplier.id))
called("listLocations", suppliers.list_locations())
unit = models.UnitName(name=name)
location = called("createLocation", suppliers.create_location(unit_name=unit))
called("renameLocation", suppliers.rename_location(location.id, unit))
department = called("createDepartment", suppliers.create_department(unit_name=unit))
called("renameDepartment", suppliers.rename_department(department.id, unit))
called("listDepartments", suppliers.list_departments())
field = models.CustomFieldCreation(name="python", type="text")
called("createCustomField", suppliers.create_custom_field(custom_field_creation=field))
called("listCustomFields", suppliers.list_custom_fields())
data = models.SupplierData(
    name=name,
    custom_fields={"python": "yes"},
    locations=[models.Reference(id=location.id)],
)
created = called("createSupplier", suppliers.create_supplier(supplier_data=data))
assert created.status == "unapproved" and len(created.locations) == 1, created
change = models.SupplierData(currency="EUR")
changed = called("changeSupplier", suppliers.change_supplier(created.id, f'"{created.version}"', change))
assert len(changed.locations) == 1 and changed.currency == "EUR", changed
called("putSupplier", suppliers.put_supplier(name, supplier_data=models.SupplierData(name=name)))
bulk = models.SupplierBulk(suppliers=[models.SupplierData(name=name)])
assert called("writeSuppliers", suppliers.write_suppliers(bulk)).results[0].status == 201
called("submitSupplier", suppliers.submit_supplier(created.id))
rejection = models.Rejection(reason="a test")
called("rejectSupplier", suppliers.reject_supplier(created.id, rejection=rejection))
suppliers.submit_supplier(created.id)
called("approveSupplier", suppliers.approve_supplier(created.id, decision=models.Decision()))
called("archiveSupplier", suppliers.archive_supplier(created.id, decision=models.Decision()))
called("unarchiveSupplier", suppliers.unarchive_supplier(created.id))
called("listSupplierChanges", suppliers.list_supplier_changes(created.id))
exported = called("exportSuppliers", suppliers.export_suppliers(status="all"))
assert name in exported.decode(), exported
sent = called(
    "importSuppliers",
    suppliers.import_suppliers(file=("suppliers.csv", bytes(exported)), dry_run=True),
)
while sent.finished_at is None:
    time.sleep(0.2)
    sent = suppliers.get_supplier_import(sent.id)
assert called("getSupplierImport", sent).unchanged == sent.rows, sent
called("listSupplierImports", suppliers.list_supplier_imports())
called("getSupplierImportResult", suppliers.get_supplier_import_result(sent.id))
called("listCountries", suppliers.list_countries())
called("listCurrencies", suppliers.list_currencies())
called("listCategories", suppliers.list_categories())
called("listIndustries", suppliers.list_industries())
called("listPaymentTerms", suppliers.list_payment_terms())
called("listUsers", suppliers.list_users())

verification = client.VerificationApi(caller)
called("introspect", verification.introspect(secret))
called("verify", verification.verify(x_keyturn_verifier=secret))
renewal = client.RenewalApi(
    configured(username=os.environ["CLIENT_ID"], password=os.environ["CLIENT_SECRET"])
)
assert called("renewSecret", renewal.renew_secret("client_credentials")).token_type == "Bearer"

platform = client.OrganisationsApi(configured(access_token=os.environ["OPERATOR"]))
created = called(
    "createOrganisation",
    platform.create_organisation(
        models.OrganisationCreation(
            domain=name, name="Acme", administrator_email=f"admin@{name}.example"
        )
    ),
).organisation
called("listOrganisations", platform.list_organisations())
called("getOrganisation", platform.get_organisation(created.id))
called(
    "renameOrganisation",
    platform.rename_organisation(
        created.id, f'"{created.version}"', models.OrganisationChange(name="Acme Group")
    ),
)
called(
    "inviteAdministrator",
    platform.invite_administrator(
        created.id, models.AdministratorInvitation(administrator_email=f"other@{name}.example")
    ),
)
suspension = models.Suspension(reason="a test")
called("suspendOrganisation", platform.suspend_organisation(created.id, suspension))
called("resumeOrganisation", platform.resume_organisation(created.id))
platform.suspend_organisation(created.id, suspension)
export = called(
    "exportOrganisation", platform.export_organisation_without_preload_content(created.id)
)
called(
    "deleteOrganisation",
    platform.delete_organisation(created.id, hashlib.sha256(export.data).hexdigest()),
)
called("listOperatorEvents", platform.list_operator_events())
called("verifyOperatorEvents", platform.verify_operator_events())

try:
    client.MeApi(configured(access_token="wrong")).get_me()
    raise AssertionError("a wrong secret was accepted")
except client.exceptions.UnauthorizedException as refused:
    problem = models.Problem.from_json(refused.body)
    assert problem.code == models.ProblemCode.UNAUTHENTICATED, problem
