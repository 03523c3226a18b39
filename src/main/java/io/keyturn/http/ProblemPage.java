package io.keyturn.http;

import io.keyturn.language.Language;
import io.keyturn.language.Sentences;
import io.keyturn.language.Texts;
import io.keyturn.problem.Problem;

/** A problem as a plain page for people, without Faces. */
final class ProblemPage {
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'";

  private ProblemPage() {}

  /** Texts and an id of ours; a detail may repeat a name that somebody typed. */
  static String of(Problem problem, Language language, String id) {
    Texts texts = Texts.of("pages", language);
    return """
    <!DOCTYPE html>
    <html lang="%4$s">
    <head><meta charset="utf-8"><title>%1$s</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="icon" href="/assets/keyturn.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/assets/keyturn.css"></head>
    <body class="kt-plain"><header class="kt-header"><a class="kt-brand" href="/"><img
    src="/assets/keyturn.svg" alt="" width="28" height="28">Keyturn</a></header><main class="kt-card">
    <h1>%1$s</h1><p>%2$s</p><p class="kt-quiet">%3$s</p>
    <p><a href="/">%5$s</a></p>
    </main></body></html>
    """
        .formatted(
            Sentences.in(language).translate(problem.type().title()),
            escaped(problem.detail()),
            texts.get("error.request", id),
            language.code(),
            texts.get("error.start"));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
