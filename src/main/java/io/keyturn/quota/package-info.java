/**
 * How many requests a key and an organisation may make.
 *
 * <p>Start with {@link io.keyturn.quota.Quotas}: in memory, one {@link io.keyturn.quota.KeyQuota}
 * for each key in use. {@code QuotaRows} exchanges the counts between nodes every five seconds;
 * {@link io.keyturn.quota.OrganisationRate} protects this node from one organisation.
 *
 * <p>Tests: {@code KeyQuotaTest}, {@code QuotasTest}, {@code RestrictionsHttpIT}.
 */
@NullMarked
package io.keyturn.quota;

import org.jspecify.annotations.NullMarked;
