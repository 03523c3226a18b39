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
 * Binds a page to the person to whom it was shown, so that nobody acts with another person's page.
 * The state of a page is valid in any session, so that a page outlives its session. It is valid for
 * its person only.
 */
public class PageOwner implements PhaseListener {
  private static final long serialVersionUID = 1L;
  private static final String OWNER = "keyturn.owner";

  @Override
  public PhaseId getPhaseId() {
    return PhaseId.ANY_PHASE;
  }

  /** Stores the owner of a page that is about to be shown for the first time. */
  @Override
  public void beforePhase(PhaseEvent event) {
    FacesContext faces = event.getFacesContext();
    if (event.getPhaseId() == PhaseId.RENDER_RESPONSE && !faces.isPostback()) {
      person().ifPresent(p -> faces.getViewRoot().getViewMap(true).put(OWNER, p.id().toString()));
    }
  }

  /**
   * Refuses a submitted page before anything in it acts: a page of another person, and a page
   * without its nonce. PrimeFaces itself would check the nonce only when it shows the page again.
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
