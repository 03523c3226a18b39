package io.keyturn.console;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.faces.context.FacesContext;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;

/**
 * What a page remembers from one action to the next. It travels with the page and therefore holds
 * no secret. The application objects that it needs are injected again when it comes back.
 */
public abstract class PageState implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Injects before the subclass's own fields are read. Injected fields are transient. */
  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    inject(this, getClass());
  }

  /**
   * Ends the request with the status of an error. Its page is a request of Faces inside of this
   * request, after which Faces has no current context.
   */
  protected static void refuse(int status) throws IOException {
    FacesContext faces = FacesContext.getCurrentInstance();
    faces.getExternalContext().responseSendError(status, "");
    faces.responseComplete();
  }

  private static <T> void inject(Object bean, Class<T> type) {
    BeanManager beans = CDI.current().getBeanManager();
    beans
        .getInjectionTargetFactory(beans.createAnnotatedType(type))
        .createInjectionTarget(null)
        .inject(type.cast(bean), beans.createCreationalContext(null));
  }
}
