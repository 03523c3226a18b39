/** Organisations, the tenants, and how a Host names one. */
@NullMarked
package io.keyturn.organisation;

import org.jspecify.annotations.NullMarked;
