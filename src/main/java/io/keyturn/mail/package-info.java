/** Sending mail, where a mail server is configured. */
@NullMarked
package io.keyturn.mail;

import org.jspecify.annotations.NullMarked;
