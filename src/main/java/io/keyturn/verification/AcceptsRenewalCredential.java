package io.keyturn.verification;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A resource method whose caller may send the renewal credential of a key instead of its secret,
 * which changes each day: what asks here is configured once. By HTTP Basic or in a form (RFC 6749
 * §2.3.1).
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface AcceptsRenewalCredential {}
