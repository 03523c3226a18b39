/** What is done with organisations as a whole: by their administrators, and by the operator. */
@NullMarked
package io.keyturn.tenancy;

import org.jspecify.annotations.NullMarked;
