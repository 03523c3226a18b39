package io.keyturn.http;

import io.keyturn.problem.Problem;

/** A problem as a plain page for people, without Faces. */
final class ProblemPage {
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'";

  private ProblemPage() {}

  /** Texts and an id of ours; a detail may repeat a name that somebody typed. */
  static String of(Problem problem, String id) {
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head><meta charset="utf-8"><title>%1$s</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="icon" href="/assets/keyturn.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/assets/keyturn.css"></head>
    <body class="kt-plain"><header class="kt-header"><a class="kt-brand" href="/"><img
    src="/assets/keyturn.svg" alt="" width="28" height="28">Keyturn</a></header><main class="kt-card">
    <h1>%1$s</h1><p>%2$s</p><p class="kt-quiet">Request %3$s</p>
    <p><a href="/">To the start page</a></p>
    </main></body></html>
    """
        .formatted(problem.type().title(), escaped(problem.detail()), id);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
