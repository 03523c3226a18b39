package io.keyturn.user;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.annotation.WebListener;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Names the session's cookie. With {@code KEYTURN_SECURE_COOKIES=true} it bears the prefix {@code
 * __Host-}, by which browsers take it over TLS only, for this host only and from nobody else. Over
 * plain http they would refuse such a cookie, and the server's configuration knows no conditions.
 */
@WebListener
public class SessionCookie implements ServletContextListener {

  @Override
  public void contextInitialized(ServletContextEvent event) {
    boolean secure =
        ConfigProvider.getConfig()
            .getOptionalValue("keyturn.secure.cookies", Boolean.class)
            .orElse(false);
    if (secure) {
      SessionCookieConfig cookie = event.getServletContext().getSessionCookieConfig();
      cookie.setName("__Host-keyturn-session");
      cookie.setPath("/");
      cookie.setSecure(true);
    }
  }
}
