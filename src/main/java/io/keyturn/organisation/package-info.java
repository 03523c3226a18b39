/**
 * Organisations, the tenants, and how a Host names an organisation.
 *
 * <p>Start with {@link io.keyturn.organisation.Organisation} and {@link
 * io.keyturn.organisation.Organisations}. {@link io.keyturn.organisation.HostNames} reads {@code
 * <domain>.<base domain>}. What is done with an organisation as a whole is in {@code operator}.
 *
 * <p>Tests: {@code HostNamesTest}, {@code HostHttpIT}.
 */
@NullMarked
package io.keyturn.organisation;

import org.jspecify.annotations.NullMarked;
