/** People, their roles and signing in. */
@NullMarked
package io.keyturn.user;

import org.jspecify.annotations.NullMarked;
