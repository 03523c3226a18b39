package io.keyturn.console;

import jakarta.faces.FacesException;
import jakarta.faces.application.ViewExpiredException;
import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerFactory;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.AbortProcessingException;
import jakarta.faces.event.ExceptionQueuedEvent;
import jakarta.faces.event.PhaseId;

/**
 * Answers the failure of an Ajax action as the failure of any other request: with a status and a
 * problem document. Faces itself answers 200, with the exception's name and message in XML. A text
 * that Faces cannot read as the state of a view counts as an expired view, not as a failure of the
 * server.
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
      for (ExceptionQueuedEvent event : getUnhandledExceptionQueuedEvents()) {
        if (event.getContext().getPhaseId() == PhaseId.RESTORE_VIEW
            && ofViewState(event.getContext().getException())) {
          throw new ViewExpiredException("the view state is none of ours");
        }
      }
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

    /** Whether Faces threw this for an expired view, or for a text that is no view state. */
    private static boolean ofViewState(Throwable thrown) {
      return thrown instanceof IllegalArgumentException
          || (thrown instanceof FacesException && thrown.getCause() == null);
    }
  }
}
