package io.keyturn.console;

import io.keyturn.notice.NoticeRow;
import io.keyturn.notice.NoticeText;
import io.keyturn.notice.Notices;
import io.keyturn.user.signin.CurrentUser;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** {@code /notices}: what is new for a person. */
@Named
@RequestScoped
public class NoticesPage {
  static final String PATH = "/notices";

  @Inject private Notices notices;
  @Inject private CurrentUser current;
  @Inject private NoticeTexts texts;

  private final Listing<NoticeRow> list = new Listing<>(PATH);

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
