package io.keyturn.support;

import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.arquillian.test.spi.event.suite.BeforeSuite;

/** Lays the server out that Arquillian starts, of the name that arquillian.xml has. */
public class ArquillianServer implements LoadableExtension {
  @Override
  public void register(ExtensionBuilder builder) {
    builder.observer(Preparation.class);
  }

  /** Comes before the container is started. */
  public static class Preparation {
    public void layOut(@Observes(precedence = 1000) BeforeSuite before) {
      KeyturnServer.named("arquillian").layOut("keyturn-arquillian");
    }
  }
}
