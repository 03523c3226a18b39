/** What the application stands on: settings, the database's clock, the schema, the HTTP edge. */
@NullMarked
package io.keyturn.platform;

import org.jspecify.annotations.NullMarked;
