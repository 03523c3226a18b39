package io.keyturn.paging;

import java.util.List;

/** A list as it is answered: the rows of one page, and what the page is. */
public record ListView<T>(List<T> data, Page page) {}
