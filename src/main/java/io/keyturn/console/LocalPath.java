package io.keyturn.console;

import org.jspecify.annotations.Nullable;

/** A page of this server to go to. An address from outside must not redirect elsewhere. */
final class LocalPath {
  // Possessive quantifiers: otherwise each part of a long path would cost a stack frame.
  private static final String FORM = "/[a-z0-9-]++(/[a-z0-9-]++)*+(\\?[A-Za-z0-9_.~=&%+-]*+)?";

  private LocalPath() {}

  /** The page that was asked for, where it is a page of this server; else the other page. */
  static String or(@Nullable String asked, String otherwise) {
    return asked != null && asked.matches(FORM) ? asked : otherwise;
  }
}
