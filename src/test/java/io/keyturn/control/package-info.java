/** What is added to the WAR for the tests, and only there: a clock that can be turned, controls. */
@NullMarked
package io.keyturn.control;

import org.jspecify.annotations.NullMarked;
