/**
 * Lists, a page at a time.
 *
 * <p>Start with {@link io.keyturn.paging.Paging}: limit, cursor and count of a request. A query
 * reads one row more than the page has; {@link io.keyturn.paging.ListView} is the answer, with a
 * {@link io.keyturn.paging.Page}. A {@link io.keyturn.paging.Cursor} holds the last row's sort
 * values, so that page 10 000 costs what page 1 costs. {@link io.keyturn.paging.Slice} and {@link
 * io.keyturn.paging.Search} are for the console's lists.
 *
 * <p>Tests: {@code PagingTest}, {@code CursorTest}, {@code PagingParametersTest}, {@code
 * ListsHttpIT}.
 */
@NullMarked
package io.keyturn.paging;

import org.jspecify.annotations.NullMarked;
