package io.keyturn.console;

import io.keyturn.user.User;
import io.keyturn.user.signin.CurrentUser;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.faces.application.ViewExpiredException;
import jakarta.faces.component.UIViewRoot;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseEvent;
import jakarta.faces.event.PhaseId;
import jakarta.faces.event.PhaseListener;
import java.util.Map;
import java.util.Optional;
import org.primefaces.util.Constants.RequestParams;

/**
 * Binds a page to the person whom it was shown to: nobody acts by the page of somebody else. The
 * state of a page is good for any session, so that a page outlives the session in which it was
 * opened; it is not good for any person.
 */
public class PageOwner implements PhaseListener {
  private static final long serialVersionUID = 1L;
  private static final String OWNER = "keyturn.owner";

  @Override
  public PhaseId getPhaseId() {
    return PhaseId.ANY_PHASE;
  }

  /** Names the owner of a page that is about to be shown for the first time. */
  @Override
  public void beforePhase(PhaseEvent event) {
    FacesContext faces = event.getFacesContext();
    if (event.getPhaseId() == PhaseId.RENDER_RESPONSE && !faces.isPostback()) {
      person().ifPresent(p -> faces.getViewRoot().getViewMap(true).put(OWNER, p.id().toString()));
    }
  }

  /**
   * Refuses a page that comes back before anything in it acts: that of another person, and any
   * without the nonce that it was given, at which PrimeFaces itself would look when it shows the
   * page again.
   */
  @Override
  public void afterPhase(PhaseEvent event) {
    FacesContext faces = event.getFacesContext();
    UIViewRoot view = faces.getViewRoot();
    if (event.getPhaseId() != PhaseId.RESTORE_VIEW || view == null || !faces.isPostback()) {
      return;
    }
    Map<String, Object> kept = view.getViewMap(true);
    Object owner = kept.get(OWNER);
    Object nonce = kept.get(RequestParams.NONCE_PARAM);
    String sent =
        faces.getExternalContext().getRequestParameterMap().get(RequestParams.NONCE_PARAM);
    boolean others =
        owner != null && person().filter(p -> !p.id().toString().equals(owner)).isPresent();
    if (nonce == null || !nonce.equals(sent) || others) {
      throw new ViewExpiredException(view.getViewId());
    }
  }

  private static Optional<User> person() {
    return CDI.current().select(CurrentUser.class).get().find();
  }
}
