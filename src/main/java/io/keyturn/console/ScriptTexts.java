package io.keyturn.console;

import io.keyturn.language.Language;
import io.keyturn.language.Texts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The texts of the pages' scripts, as a script of its own for each language. Its address has a
 * version made from the texts, so that browsers keep it for a year.
 */
@Named
@ApplicationScoped
public class ScriptTexts {
  private static final String FOLDER = "/assets/texts/";
  private static final String ENDING = ".js";

  /** What the keys of these texts begin with. */
  private static final String PREFIX = "script.";

  private final Map<Language, String> scripts = new ConcurrentHashMap<>();
  private final Map<Language, String> addresses = new ConcurrentHashMap<>();

  /** The address of the texts in a language. */
  public String address(Language language) {
    return addresses.computeIfAbsent(
        language,
        one ->
            FOLDER
                + one.code()
                + ENDING
                + "?v="
                + Assets.versionOf(script(one).getBytes(StandardCharsets.UTF_8)));
  }

  String script(Language language) {
    return scripts.computeIfAbsent(language, ScriptTexts::write);
  }

  private static String write(Language language) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    new TreeMap<>(Texts.of(PageLanguage.AREA, language).all())
        .forEach(
            (key, text) -> {
              if (key.startsWith(PREFIX)) {
                json.add(key.substring(PREFIX.length()), text);
              }
            });
    return "window.keyturnTexts = " + json.build() + ";\n";
  }

  /** Serves the texts. */
  @WebServlet(FOLDER + "*")
  public static class Servlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject private transient ScriptTexts texts;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String path = String.valueOf(request.getPathInfo());
      Optional<Language> found =
          path.endsWith(ENDING)
              ? Language.of(path.substring(1, path.length() - ENDING.length()))
              : Optional.empty();
      if (found.isEmpty()) {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
        return;
      }
      Language language = found.get();
      response.setContentType("text/javascript;charset=UTF-8");
      response.setHeader("Content-Language", language.code());
      response.getWriter().write(texts.script(language));
    }
  }
}
