/** Single sign-on by OpenID Connect. */
@NullMarked
package io.keyturn.sso;

import org.jspecify.annotations.NullMarked;
