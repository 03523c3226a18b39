package io.keyturn.paging;

import java.util.List;

/** A part of a list, for a page with page numbers. */
public record Slice<T>(List<T> rows, long total) {}
