package io.keyturn.console;

import io.keyturn.notice.Notices;
import io.keyturn.user.signin.CurrentUser;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** The bell in the header of each page: how many notices are new for the person. */
@Named
@RequestScoped
public class NoticeBell {
  @Inject private Notices notices;
  @Inject private CurrentUser current;
  @Inject private NoticeTexts texts;

  private final Reading<Integer> unread = new Reading<>();

  /** How many notices are new; at most {@link Notices#MOST_COUNTED}. */
  public int getUnread() {
    return unread.get(() -> current.find().map(notices::unread).orElse(0));
  }

  /** The number in the bell. */
  public String getCount() {
    return getUnread() < Notices.MOST_COUNTED
        ? Integer.toString(getUnread())
        : Notices.MOST_COUNTED - 1 + "+";
  }

  /** The name of the bell for people who do not see it. */
  public String getName() {
    return getUnread() == 0 ? texts.get("page.title") : texts.get("page.bell", getCount());
  }
}
