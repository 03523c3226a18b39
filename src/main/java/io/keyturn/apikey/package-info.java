/**
 * API keys and their credentials: create, change, refresh, reveal, revoke.
 *
 * <p>Start with {@link io.keyturn.apikey.ApiKey}, a durable grant, and {@link
 * io.keyturn.apikey.Credential}, one issued secret of a key; at most two are accepted at a time.
 * {@link io.keyturn.apikey.ApiKeys} and {@link io.keyturn.apikey.Refreshes} are the services that
 * the API, the pages and the timer share: each locks the key ({@link io.keyturn.apikey.KeyLocks}),
 * calls the entity's own method, and appends the audit event in the same transaction. {@link
 * io.keyturn.apikey.Grantor} refuses a secret to whoever may do less than the key.
 *
 * <p>A key is active, expired or revoked; a credential is current or retired. The API is in {@code
 * rest}. Tests: {@code ApiKeyTest}, {@code CredentialTest}, {@code RefreshHttpIT}, {@code
 * TamperingHttpIT}.
 */
@NullMarked
package io.keyturn.apikey;

import org.jspecify.annotations.NullMarked;
