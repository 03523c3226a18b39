/** The append-only audit log, chained by a MAC per organisation. */
@NullMarked
package io.keyturn.audit;

import org.jspecify.annotations.NullMarked;
