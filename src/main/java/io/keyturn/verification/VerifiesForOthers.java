package io.keyturn.verification;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A resource method whose caller sends their own secret as {@code X-Keyturn-Verifier}, because the
 * usual headers hold the secret that is to be verified.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface VerifiesForOthers {}
