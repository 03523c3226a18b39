package io.keyturn.console;

import io.keyturn.http.Ids;
import io.keyturn.notice.NoticeRow;
import io.keyturn.notice.NoticeText;
import io.keyturn.notice.Notices;
import io.keyturn.user.signin.CurrentUser;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;

/** {@code /notices}: what is new for a person. */
@Named
@RequestScoped
public class NoticesPage {
  private static final String PATH = "/notices";

  /** The value of the button <b>Mark all as read</b>. */
  private static final String ALL = "all";

  @Inject private Notices notices;
  @Inject private CurrentUser current;
  @Inject private NoticeTexts texts;
  @Inject private HttpServletRequest request;

  private final Listing<NoticeRow> list = new Listing<>(PATH);

  /**
   * Does what a button says. The browser then opens the page anew, so that a reload does it not
   * again. A notice that the person does not have stays as it is.
   */
  public void act() throws IOException {
    FacesContext faces = FacesContext.getCurrentInstance();
    String pressed = request.getParameter("read");
    if (!faces.isPostback() || pressed == null) {
      return;
    }
    if (pressed.equals(ALL)) {
      notices.readAll(current.get().id());
    } else {
      try {
        notices.read(current.get().id(), Ids.parse(pressed));
      } catch (IllegalArgumentException e) {
        // No button of this page sends this, so there is nothing to do.
        faces.validationFailed();
      }
    }
    faces
        .getExternalContext()
        .redirect(PATH + (list.getPage().matches("[0-9]+") ? "?page=" + list.getPage() : ""));
  }

  /** The notices that the page shows. */
  public List<NoticeRow> getRows() {
    return list.rows((search, first, most) -> notices.slice(current.get(), first, most));
  }

  /** The part of the list that the page shows. */
  public Listing<NoticeRow> getList() {
    return list;
  }

  /** What has happened. */
  public String title(NoticeRow row) {
    return texts.says().title(row);
  }

  /** What it means, and what to do. */
  public String text(NoticeRow row) {
    return texts.says().text(row);
  }

  /** The address of the object. */
  public String path(NoticeRow row) {
    return NoticeText.path(row);
  }
}
