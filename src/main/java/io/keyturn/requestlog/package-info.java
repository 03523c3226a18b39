/**
 * The request log: each request of the API of the last seven days, as far as there is room.
 *
 * <p>Start with {@link io.keyturn.requestlog.RequestLogFilter}, which notes a request when it was
 * answered. {@link io.keyturn.requestlog.RequestNotes} keeps notes in bounded memory. {@link
 * io.keyturn.requestlog.RequestRecorder} writes them every five seconds and deletes what is too old
 * or too much. {@link io.keyturn.requestlog.RequestLog} reads them. Decision record 0055 says what
 * is kept, and what is not.
 *
 * <p>Tests: {@code RequestNotesTest}, {@code RouteTest}, {@code RequestFilterTest}, {@code
 * RequestLogHttpIT}.
 */
@NullMarked
package io.keyturn.requestlog;

import org.jspecify.annotations.NullMarked;
