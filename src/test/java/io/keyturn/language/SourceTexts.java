package io.keyturn.language;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The texts that Java code makes, as templates: what is put together of literals and values becomes
 * a text with parameters. A text is what reads as words of a sentence.
 */
final class SourceTexts {
  /** Two words with a space between. */
  private static final Pattern WORDS = Pattern.compile(".*[A-Za-z]{2}[,:.]? [a-z{].*");

  /** Queries, headers, policies and the like. */
  private static final Pattern NO_SENTENCE =
      Pattern.compile(
          "(?i)\\s*(select|update|delete from|insert|from|with|where|and|or|order by|join|lock|"
              + "create|drop|alter|begin|set|merge|values|for update|left join|limit|set local|;) .*"
              + "|.*( = :| = \\?|=\\{| in \\(|; ?(Path|Max-Age|HttpOnly)|script-src|max-age).*");

  /** What people at pages do not read: logs, and failures of ours. */
  private static final Set<String> NOT_SAID =
      Set.of(
          "IllegalStateException",
          "IllegalArgumentException",
          "AssertionError",
          "UncheckedIOException",
          "IOException",
          "WrongSetting",
          "ViewExpiredException",
          "RedactedFailure",
          "PersistenceException",
          "UnsupportedOperationException",
          "log",
          "createQuery",
          "createNativeQuery",
          "prepareStatement",
          "getLogger");

  private SourceTexts() {}

  /** The templates in these folders, each with the file that it is from. */
  static TreeMap<String, String> in(List<Path> folders) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> all = Files.walk(folder)) {
        all.filter(f -> f.toString().endsWith(".java"))
            .filter(f -> !f.endsWith("package-info.java"))
            .forEach(files::add);
      }
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    TreeMap<String, String> texts = new TreeMap<>();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, d -> {}, null, null, manager.getJavaFileObjectsFromPaths(files));
      for (var unit : task.parse()) {
        String name = Path.of(unit.getSourceFile().toUri()).getFileName().toString();
        unit.accept(new Scanner(texts, name), null);
      }
    }
    return texts;
  }

  private static final class Scanner extends TreeScanner<Void, Void> {
    private final TreeMap<String, String> texts;
    private final String file;

    Scanner(TreeMap<String, String> texts, String file) {
      this.texts = texts;
      this.file = file;
    }

    @Override
    public Void visitAnnotation(AnnotationTree node, Void none) {
      return null;
    }

    @Override
    public Void visitNewClass(NewClassTree node, Void none) {
      return NOT_SAID.contains(node.getIdentifier().toString())
          ? null
          : super.visitNewClass(node, none);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree node, Void none) {
      String called = node.getMethodSelect().toString();
      return NOT_SAID.contains(called.substring(called.lastIndexOf('.') + 1))
          ? scan(node.getMethodSelect(), none)
          : super.visitMethodInvocation(node, none);
    }

    @Override
    public Void visitLiteral(LiteralTree node, Void none) {
      keep(node);
      return null;
    }

    @Override
    public Void visitBinary(BinaryTree node, Void none) {
      if (node.getKind() != Tree.Kind.PLUS || !holdsText(node)) {
        return super.visitBinary(node, none);
      }
      keep(node);
      parts(node).stream()
          .filter(part -> !(part instanceof LiteralTree))
          .forEach(part -> scan(part, none));
      return null;
    }

    private static boolean holdsText(ExpressionTree node) {
      return parts((BinaryTree) node).stream()
          .anyMatch(part -> part instanceof LiteralTree l && l.getValue() instanceof String);
    }

    /** The operands of a chain of additions. */
    private static List<ExpressionTree> parts(BinaryTree node) {
      List<ExpressionTree> parts = new ArrayList<>();
      add(node, parts);
      return parts;
    }

    private static void add(ExpressionTree node, List<ExpressionTree> parts) {
      if (node instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
        add(sum.getLeftOperand(), parts);
        add(sum.getRightOperand(), parts);
      } else if (node instanceof ParenthesizedTree p
          && p.getExpression() instanceof BinaryTree b
          && b.getKind() == Tree.Kind.PLUS
          && holdsText(b)) {
        add(b, parts);
      } else {
        parts.add(node);
      }
    }

    private void keep(ExpressionTree node) {
      StringBuilder template = new StringBuilder();
      List<ExpressionTree> parts = node instanceof BinaryTree sum ? parts(sum) : List.of(node);
      for (ExpressionTree part : parts) {
        template.append(
            part instanceof LiteralTree l && l.getValue() instanceof String text
                ? text.replaceAll("%(\\d\\$)?[sd]", "{}")
                : part instanceof LiteralTree l ? String.valueOf(l.getValue()) : "{}");
      }
      String text = template.toString();
      if (WORDS.matcher(text).matches() && !NO_SENTENCE.matcher(text).matches()) {
        texts.putIfAbsent(text, file);
      }
    }
  }
}
