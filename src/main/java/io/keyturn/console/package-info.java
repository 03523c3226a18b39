/** One page bean for each Faces page. Nothing imports it. */
@NullMarked
package io.keyturn.console;

import org.jspecify.annotations.NullMarked;
