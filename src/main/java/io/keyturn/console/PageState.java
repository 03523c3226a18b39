package io.keyturn.console;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;

/**
 * What a page remembers from one act to the next. It travels with the page, so nothing secret
 * belongs into it; what it needs of the application is injected anew when it comes back.
 */
public abstract class PageState implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Runs before the fields of the subclass are read, which are its own: these are transient. */
  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    inject(this, getClass());
  }

  private static <T> void inject(Object bean, Class<T> type) {
    BeanManager beans = CDI.current().getBeanManager();
    beans
        .getInjectionTargetFactory(beans.createAnnotatedType(type))
        .createInjectionTarget(null)
        .inject(type.cast(bean), beans.createCreationalContext(null));
  }
}
