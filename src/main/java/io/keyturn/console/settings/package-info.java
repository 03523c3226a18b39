/**
 * The pages below {@code /settings}.
 *
 * <p>Start with {@link io.keyturn.console.settings.ApiAuthenticationPage}, the page of the guide;
 * {@link io.keyturn.console.settings.CreateKey} is its form. Each page calls the services that the
 * API calls.
 *
 * <p>Tests: {@code ApiKeyPageHttpIT}, {@code KeyOptionsPageHttpIT}, {@code GuideBrowserIT}.
 */
@NullMarked
package io.keyturn.console.settings;

import org.jspecify.annotations.NullMarked;
