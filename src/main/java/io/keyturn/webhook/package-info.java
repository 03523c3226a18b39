/**
 * Webhooks: who is told of events, and how, after the specification <a
 * href="https://www.standardwebhooks.com">Standard Webhooks</a>.
 *
 * <p>Start with {@link io.keyturn.webhook.Webhooks}: create, change, delete. {@link
 * io.keyturn.webhook.DeliveryHistory} lists what was sent, and sends it again. {@link
 * io.keyturn.webhook.Fanout} makes a {@link io.keyturn.webhook.WebhookDelivery} of each new event
 * for each webhook, in the order of the feed. {@link io.keyturn.webhook.Deliveries} claims those
 * that are due, so that nodes share them, and records each attempt. {@link
 * io.keyturn.webhook.WebhookSender} sends, to addresses only that {@link
 * io.keyturn.webhook.TargetPolicy} allows. {@link io.keyturn.webhook.WebhookTimer} wakes.
 *
 * <p>Tests: {@code WebhooksHttpIT}, {@code ClientCertificateHttpIT}, {@code AuditWebhookHttpIT},
 * {@code WebhookDeliveryHttpIT}, {@code TargetPolicyTest}, {@code SigningSecretTest}.
 */
@NullMarked
package io.keyturn.webhook;

import org.jspecify.annotations.NullMarked;
