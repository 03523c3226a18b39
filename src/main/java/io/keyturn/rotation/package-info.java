/** The automatic refresh: a timer that wakes and the batch it runs. */
@NullMarked
package io.keyturn.rotation;

import org.jspecify.annotations.NullMarked;
