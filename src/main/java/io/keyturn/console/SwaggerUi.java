package io.keyturn.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The folder of Swagger UI's files in its WebJar. The folder's name contains the version. */
@ApplicationScoped
class SwaggerUi {
  private static final String POM = "META-INF/maven/org.webjars/swagger-ui/pom.properties";

  private String version = "";

  @PostConstruct
  void readVersion() {
    Properties pom = new Properties();
    try (InputStream in = SwaggerUi.class.getClassLoader().getResourceAsStream(POM)) {
      if (in == null) {
        throw new IllegalStateException("the WebJar of Swagger UI is absent");
      }
      pom.load(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    version = pom.getProperty("version");
  }

  String folder() {
    return "/webjars/swagger-ui/" + version;
  }
}
