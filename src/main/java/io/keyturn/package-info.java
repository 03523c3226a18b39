/** The application: a self-hosted platform whose API keys refresh themselves. */
@NullMarked
package io.keyturn;

import org.jspecify.annotations.NullMarked;
