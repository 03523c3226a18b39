package io.keyturn.console;

import jakarta.faces.FacesException;
import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerFactory;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.AbortProcessingException;
import jakarta.faces.event.ExceptionQueuedEvent;

/**
 * Lets an action by ajax fail as every other request does: with a status and a problem document.
 * Faces by itself answers 200, and the exception's name and message in XML.
 */
public class ActionFailures extends ExceptionHandlerFactory {

  public ActionFailures(ExceptionHandlerFactory wrapped) {
    super(wrapped);
  }

  @Override
  public ExceptionHandler getExceptionHandler() {
    return new Handler(getWrapped().getExceptionHandler());
  }

  private static final class Handler extends ExceptionHandlerWrapper {
    Handler(ExceptionHandler wrapped) {
      super(wrapped);
    }

    @Override
    public void handle() {
      if (FacesContext.getCurrentInstance().getPartialViewContext().isAjaxRequest()) {
        for (ExceptionQueuedEvent event : getUnhandledExceptionQueuedEvents()) {
          Throwable thrown = event.getContext().getException();
          if (!(thrown instanceof AbortProcessingException)) {
            throw thrown instanceof FacesException known ? known : new FacesException(thrown);
          }
        }
      }
      getWrapped().handle();
    }
  }
}
