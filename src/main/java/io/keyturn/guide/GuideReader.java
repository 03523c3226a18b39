package io.keyturn.guide;

import io.keyturn.guide.Guide.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one guide, which is written in GitHub's Markdown. Links between guides become addresses of
 * pages; a link out of the documentation becomes its text.
 */
final class GuideReader {
  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();

  /** A link as the next renderer writes it. */
  private static final Pattern LINK = Pattern.compile("\"([^\"]*)\" \\((?:/|#|https?:)[^)]*\\)");

  private static final TextContentRenderer TEXT =
      TextContentRenderer.builder().extensions(EXTENSIONS).build();
  private static final Pattern SCHEME = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*:|//).*");

  private final String name;
  private final Map<Node, String> anchors = new IdentityHashMap<>();
  private final Map<String, Integer> used = new HashMap<>();
  private final Set<String> targets = new LinkedHashSet<>();
  private final HtmlRenderer html =
      HtmlRenderer.builder()
          .extensions(EXTENSIONS)
          .escapeHtml(true)
          .attributeProviderFactory(context -> this::attributes)
          .build();

  /**
   * @param name the file's path below {@code src/docs}
   */
  GuideReader(String name) {
    this.name = name;
  }

  Guide read(String markdown) {
    Node document = PARSER.parse(markdown);
    document.accept(new Preparation());
    StringBuilder whole = new StringBuilder();
    List<Section> sections = new ArrayList<>();
    Part part = new Part(null);
    for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading heading) {
        part.addTo(sections);
        part = new Part(heading);
      }
      String rendered = html.render(node);
      whole.append(rendered);
      part.add(node, rendered);
    }
    part.addTo(sections);
    String title = sections.isEmpty() ? name : sections.get(0).title();
    return new Guide(GuideFiles.path(name), title, whole.toString(), List.copyOf(sections));
  }

  /** The files of the documentation to which the guide leads. */
  Set<String> targets() {
    return targets;
  }

  /** The part of the guide below one heading. */
  private final class Part {
    private final @Nullable Heading heading;
    private final StringBuilder rendered = new StringBuilder();
    private final StringBuilder text = new StringBuilder();

    Part(@Nullable Heading heading) {
      this.heading = heading;
    }

    void add(Node node, String nodeRendered) {
      rendered.append(nodeRendered);
      if (node != heading) {
        text.append(LINK.matcher(TEXT.render(node)).replaceAll("$1")).append('\n');
      }
    }

    void addTo(List<Section> sections) {
      if (heading != null) {
        sections.add(
            new Section(
                anchors.getOrDefault(heading, ""),
                TEXT.render(heading).strip(),
                rendered.toString(),
                text.toString()));
      }
    }
  }

  private void attributes(Node node, String tag, Map<String, String> attributes) {
    String anchor = anchors.get(node);
    if (anchor != null) {
      attributes.put("id", anchor);
    }
    if (tag.equals("pre") && node instanceof FencedCodeBlock || node instanceof TableBlock) {
      // Both scroll sideways on narrow screens, and must do so by keyboard, too.
      attributes.put("tabindex", "0");
    }
    if (tag.equals("pre")) {
      attributes.put("class", "kt-code");
    }
  }

  /** As GitHub makes an anchor of a heading. */
  private String anchor(Heading heading) {
    String anchor =
        TEXT.render(heading)
            .strip()
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{Pc} -]", "")
            .replace(' ', '-');
    int before = used.merge(anchor, 1, Integer::sum) - 1;
    return before == 0 ? anchor : anchor + "-" + before;
  }

  /** Gives headings their anchors, and links their addresses. */
  private final class Preparation extends AbstractVisitor {
    @Override
    public void visit(Heading heading) {
      anchors.put(heading, anchor(heading));
      visitChildren(heading);
    }

    @Override
    public void visit(Link link) {
      String destination = link.getDestination();
      if (!SCHEME.matcher(destination).matches()) {
        lead(link, destination);
      }
      visitChildren(link);
    }

    private void lead(Link link, String destination) {
      int hash = destination.indexOf('#');
      String path = hash < 0 ? destination : destination.substring(0, hash);
      String anchor = hash < 0 ? "" : destination.substring(hash);
      if (path.isEmpty()) {
        return;
      }
      Optional<String> target = GuideFiles.target(name, path);
      if (target.isPresent()) {
        targets.add(target.get());
        String address = GuideFiles.path(target.get());
        link.setDestination((address.isEmpty() ? "/docs" : "/docs/" + address) + anchor);
      } else {
        replaceByChildren(link);
      }
    }

    /** The pictures of the documentation are for the repository alone. */
    @Override
    public void visit(Image image) {
      image.unlink();
    }

    private void replaceByChildren(Node node) {
      Node child = node.getFirstChild();
      while (child != null) {
        Node next = child.getNext();
        node.insertBefore(child);
        child = next;
      }
      node.unlink();
    }
  }
}
