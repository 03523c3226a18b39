/**
 * What is done with organisations as a whole: by the operator, and by their administrators.
 *
 * <p>Start with {@link io.keyturn.operator.OrganisationsResource}, the operator's API: create,
 * suspend, export, delete. {@link io.keyturn.operator.OrganisationSettings} is for the page on
 * which administrators change their own organisation.
 *
 * <p>Tests: {@code OrganisationsHttpIT}, {@code OrganisationPageHttpIT}.
 */
@NullMarked
package io.keyturn.operator;

import org.jspecify.annotations.NullMarked;
