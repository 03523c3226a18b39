package io.keyturn.user.signin;

import io.keyturn.config.Settings;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.annotation.WebListener;

/**
 * Names the session's cookie. With {@code KEYTURN_SECURE_COOKIES=true} the name has the prefix
 * {@code __Host-}: browsers then accept the cookie only over TLS and only for this very host. Over
 * plain http browsers would refuse such a cookie. The name is set here because the server's
 * configuration has no conditions.
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
