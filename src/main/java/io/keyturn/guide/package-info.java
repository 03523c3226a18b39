/**
 * The documentation in {@code src/docs}, as it stands in the repository, for the pages of the
 * server.
 *
 * <p>{@link io.keyturn.guide.Guides} has all guides, and searches them. Whatever the first guide
 * leads to is a guide, too.
 *
 * <p>Tests: {@code GuidesTest}, {@code GuidesHttpIT}; {@code SnippetsHttpIT} runs the programs of
 * the guides.
 */
@NullMarked
package io.keyturn.guide;

import org.jspecify.annotations.NullMarked;
