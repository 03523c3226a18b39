/**
 * The pages below {@code /settings}.
 *
 * <p>Start with {@link io.keyturn.console.settings.ApiAuthenticationPage}, the page of the guide;
 * {@link io.keyturn.console.settings.CreateKey} is its form. Each page calls the services that the
 * API calls. The page of a key, {@link io.keyturn.console.settings.ApiKeyPage}, shares its acts
 * with the table of keys, and each of its tabs is a bean {@code Key*}: so these beans stay together
 * here. The pages of webhooks share {@link io.keyturn.console.settings.WebhookActs}.
 *
 * <p>Tests: {@code ApiKeyPageHttpIT}, {@code KeyOptionsPageHttpIT}, {@code KeyPageBrowserIT},
 * {@code GuideBrowserIT}, {@code WebhookPagesHttpIT}.
 */
@NullMarked
package io.keyturn.console.settings;

import org.jspecify.annotations.NullMarked;
