package io.keyturn.paging;

import java.util.List;

/**
 * A part of a list, for a page with numbers.
 *
 * @param total the length of the whole list
 */
public record Slice<T>(List<T> rows, long total) {}
