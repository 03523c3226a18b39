package io.keyturn.paging;

import java.util.List;

/** The answer of a list: the rows of one page, and the page's description. */
public record ListView<T>(List<T> data, Page page) {}
