package io.keyturn.webhook;

import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.keyring.Keyring;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The client certificates of webhooks, for receivers that admit known clients only. */
@ApplicationScoped
@Transactional
public class ClientCertificates {
  @Inject private Webhooks webhooks;
  @Inject private Keyring keyring;
  @Inject private Clock clock;

  /**
   * Gives a webhook a client certificate, in place of the certificate that it has.
   *
   * @param chain PEM: the certificate, then the certificates of its issuers
   * @param key PEM: its private key, PKCS#8 without a password
   * @throws ProblemException 404; 409 for a webhook without TLS; 422 for what does not fit
   */
  public WebhookView set(
      OrganisationId organisationId,
      UUID webhookId,
      @Nullable String chain,
      @Nullable String key,
      Actor actor) {
    Webhook webhook = webhooks.locked(organisationId, webhookId);
    if (webhook.plain()) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "The address of the webhook begins with http://; a client certificate needs https://.");
    }
    ClientIdentity identity =
        ClientIdentity.given(
            Objects.requireNonNullElse(chain, ""),
            Objects.requireNonNullElse(key, ""),
            clock.instant());
    webhook.identifyBy(identity, keyring.dataKey(organisationId.value()));
    ClientCertificateView certificate = ClientCertificateView.of(identity.certificate());
    webhooks.append(
        webhook,
        actor,
        AuditAction.WEBHOOK_CERTIFICATE_SET,
        Map.of(
            "subject", certificate.subject(),
            "sha256", certificate.sha256(),
            "not_after", certificate.notAfter()));
    return webhooks.flushed(webhook);
  }

  /**
   * Takes the client certificate away.
   *
   * @throws ProblemException 404, also where there is no certificate
   */
  public WebhookView remove(OrganisationId organisationId, UUID webhookId, Actor actor) {
    Webhook webhook = webhooks.locked(organisationId, webhookId);
    if (webhook.client() == null) {
      throw ProblemException.notFound("client certificate");
    }
    webhook.identifyByNothing();
    webhooks.append(webhook, actor, AuditAction.WEBHOOK_CERTIFICATE_REMOVED, Map.of());
    return webhooks.flushed(webhook);
  }
}
