/**
 * The Faces pages: one bean {@code *Page} for each {@code .xhtml}. Nothing imports them.
 *
 * <p>Start with {@link io.keyturn.console.PageGuard}: who may open which page, closed by default.
 * Pages bear their own state ({@link io.keyturn.console.PageState}), bound to the person ({@link
 * io.keyturn.console.PageOwner}). {@link io.keyturn.console.ActionFailures} lets an action fail
 * with a status, and {@link io.keyturn.console.ErrorServlet} answers what the container itself
 * refuses. {@link io.keyturn.console.Listing} is a list with search and pages in the address.
 * {@link io.keyturn.console.ReaderZone} is the zone of a page's times. The pages below {@code
 * /settings} are in {@code settings}.
 *
 * <p>Tests: {@code *PageHttpIT}, and {@code *BrowserIT} in a real browser.
 */
@NullMarked
package io.keyturn.console;

import org.jspecify.annotations.NullMarked;
