/**
 * The API about keys: {@code /api/v1/api-keys}.
 *
 * <p>Start with {@link io.keyturn.apikey.rest.ApiKeysResource}. A validated record of {@link
 * io.keyturn.apikey.rest.ApiKeyRequests} comes in, one service is called, and an {@link
 * io.keyturn.apikey.rest.ApiKeyView} or {@link io.keyturn.apikey.rest.IssuedView} goes out. {@code
 * ApiRefreshes} looks once more at the key that asks, when the key to be refreshed is locked.
 *
 * <p>Tests: {@code ApiKeysHttpIT}, {@code ApiRefreshHttpIT}, {@code NarrowKeysHttpIT}, {@code
 * RevocationsHttpIT}.
 */
@NullMarked
package io.keyturn.apikey.rest;

import org.jspecify.annotations.NullMarked;
