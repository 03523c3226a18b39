package io.keyturn.guide;

import java.util.List;

/**
 * A page of the documentation.
 *
 * @param path the address below {@code /docs}, such as {@code integrating}; empty for the first
 *     page
 * @param title the first heading
 * @param html the whole guide
 * @param sections the guide once more, divided at its headings
 */
public record Guide(String path, String title, String html, List<Section> sections) {

  /**
   * A heading and what stands below it, up to the next heading.
   *
   * @param anchor the heading's id on the page
   * @param title the heading, as text
   * @param html heading and contents
   * @param text the contents as text
   */
  public record Section(String anchor, String title, String html, String text) {}

  /** The address of the page. */
  public String address() {
    return path.isEmpty() ? "/docs" : "/docs/" + path;
  }

  /** Whether the guide is a decision record, or the list of these. */
  public boolean isRecord() {
    return path.equals("adr") || path.startsWith("adr/");
  }

  @Override
  public String toString() {
    return address();
  }
}
