package io.keyturn.console;

import io.keyturn.config.Settings;
import io.keyturn.http.Cookies;
import io.keyturn.http.RequestLanguage;
import io.keyturn.language.Language;
import io.keyturn.user.Users;
import io.keyturn.user.signin.CurrentUser;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Takes the choice of a language, for this browser and for the person who has signed in, and goes
 * back to the page. The browser keeps it for the pages before the next signing in.
 */
@WebServlet("/language")
public class LanguageServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Duration KEPT = Duration.ofDays(365);

  @Inject private transient CurrentUser current;
  @Inject private transient Users users;
  @Inject private transient Settings settings;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<Language> chosen = Language.of(request.getParameter("language"));
    if (chosen.isEmpty()) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
      return;
    }
    Language language = chosen.get();
    current.find().ifPresent(user -> users.language(user.id(), language));
    Cookies.set(response, RequestLanguage.COOKIE, language.code(), KEPT, settings.secureCookies());
    response.sendRedirect(LocalPath.or(request.getParameter("return"), "/"));
  }
}
