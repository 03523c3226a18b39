package io.keyturn.user.signin;

import io.keyturn.config.Settings;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.annotation.WebListener;

/**
 * Names the session's cookie. With {@code KEYTURN_SECURE_COOKIES=true} it bears the prefix {@code
 * __Host-}, by which browsers take it over TLS only, for this host only and from nobody else. Over
 * plain http they would refuse such a cookie, and the server's configuration knows no conditions.
 */
@WebListener
public class SessionCookie implements ServletContextListener {
  @Inject private Settings settings;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    if (settings.secureCookies()) {
      SessionCookieConfig cookie = event.getServletContext().getSessionCookieConfig();
      cookie.setName("__Host-keyturn-session");
      cookie.setPath("/");
      cookie.setSecure(true);
    }
  }
}
