/**
 * The pages {@code /suppliers} and {@code /supplier}, for people who look after suppliers. They do
 * what the API does, by the same services.
 */
@NullMarked
package io.keyturn.console.suppliers;

import org.jspecify.annotations.NullMarked;
