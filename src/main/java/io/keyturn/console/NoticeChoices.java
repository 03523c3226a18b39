package io.keyturn.console;

import io.keyturn.mail.Mail;
import io.keyturn.notice.Channel;
import io.keyturn.notice.NoticeKind;
import io.keyturn.notice.Notices;
import io.keyturn.user.User;
import io.keyturn.user.signin.CurrentUser;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.faces.model.SelectItem;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The part of {@code /profile} in which people choose how they are told of what. */
@Named
@RequestScoped
public class NoticeChoices {
  @Inject private Notices notices;
  @Inject private CurrentUser current;
  @Inject private NoticeTexts texts;
  @Inject private Mail mail;

  private @Nullable Map<String, String> chosen;

  /** The kinds of which the person can be told. */
  public List<NoticeKind> getKinds() {
    User person = current.get();
    return Arrays.stream(NoticeKind.values())
        .filter(kind -> Notices.possible(person, kind))
        .toList();
  }

  /** What the person has chosen, by the names of the kinds. */
  public Map<String, String> getChosen() {
    Map<String, String> known = chosen;
    if (known == null) {
      known = new TreeMap<>();
      Map<NoticeKind, Channel> stored = notices.choices(current.get().id());
      for (Map.Entry<NoticeKind, Channel> choice : stored.entrySet()) {
        known.put(choice.getKey().name(), choice.getValue().name());
      }
      chosen = known;
    }
    return known;
  }

  /** The name of a kind. */
  public String name(NoticeKind kind) {
    return texts.says().kind(kind);
  }

  /** The ways of being told. */
  public List<SelectItem> getChannels() {
    return Arrays.stream(Channel.values())
        .map(channel -> new SelectItem(channel.name(), texts.says().channel(channel)))
        .toList();
  }

  /** Whether this platform sends mails. */
  public boolean isMailing() {
    return mail.on();
  }

  /** The button <b>Save Notices</b>. */
  public void save() {
    Map<NoticeKind, Channel> wanted = new EnumMap<>(NoticeKind.class);
    for (NoticeKind kind : getKinds()) {
      wanted.put(kind, Channel.valueOf(getChosen().getOrDefault(kind.name(), kind.usual().name())));
    }
    notices.choose(current.get(), wanted);
    Messages.success(FacesContext.getCurrentInstance(), texts.get("choice.saved"));
  }
}
