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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The texts of the pages' scripts, as a script of its own for each language. Its address has a
 * version made from the texts, so that browsers keep it for a year.
 */
@Named
@ApplicationScoped
public class ScriptTexts {
  private static final String PATH = "/assets/texts.js";

  /** What the keys of these texts begin with. */
  private static final String PREFIX = "script.";

  private static final int DIGITS = 12;

  private final Map<Language, String> scripts = new ConcurrentHashMap<>();

  /** The address of the texts in a language. */
  public String address(Language language) {
    return PATH + "?language=" + language.code() + "&v=" + version(script(language));
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

  private static String version(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Serves the texts. */
  @WebServlet(PATH)
  public static class Servlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject private transient ScriptTexts texts;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      Language language = Language.of(request.getParameter("language")).orElse(Language.ENGLISH);
      response.setContentType("text/javascript;charset=UTF-8");
      response.setHeader("Content-Language", language.code());
      response.getWriter().write(texts.script(language));
    }
  }
}
