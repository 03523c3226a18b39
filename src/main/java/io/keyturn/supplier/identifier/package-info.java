/**
 * The numbers by which registers know a supplier, and their check digits.
 *
 * <p>Start with {@link io.keyturn.supplier.identifier.IdentifierScheme}. The check digits are those
 * of Apache Commons Validator where it has the algorithm; {@code VatNumber} has the rules of the
 * countries, for which there is no kept library.
 *
 * <p>Tests: {@code IdentifierSchemeTest}.
 */
@NullMarked
package io.keyturn.supplier.identifier;

import org.jspecify.annotations.NullMarked;
