package io.keyturn.notice;

import io.keyturn.language.Language;
import io.keyturn.language.Texts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** What a notice says, in a language and with times of a zone. */
public final class NoticeText {
  private static final String MORE = ".more";

  private final Texts texts;
  private final DateTimeFormatter time;
  private final String zone;

  public NoticeText(Language language, ZoneId zone) {
    this.texts = Texts.of("notices", language);
    this.time = DateTimeFormatter.ofPattern(texts.get("time"), language.locale()).withZone(zone);
    this.zone = " (" + zone.getId() + ")";
  }

  /** What has happened, in one sentence without a full stop. */
  public String title(NoticeRow row) {
    String name = row.subjectName();
    return switch (row.kind()) {
      case KEY_EXPIRING -> title(row, "", name, time(row, "expires_at"));
      case RETIRED_SECRET_USED -> title(row, "", name, fact(row, "number"));
      case DEAD_SECRET_USED -> title(row, more(row), name, fact(row, "network"));
      case REFRESH_LATE, WEBHOOK_DISABLED, INVITATION_ACCEPTED -> title(row, "", name);
    };
  }

  private String title(NoticeRow row, String variant, Object... parameters) {
    return texts.get(row.kind() + variant + ".title", parameters);
  }

  /** What it means, and what to do. */
  public String text(NoticeRow row) {
    String key = row.kind() + ".text";
    return switch (row.kind()) {
      case KEY_EXPIRING, INVITATION_ACCEPTED -> texts.get(key);
      case RETIRED_SECRET_USED -> texts.get(key, time(row, "accepted_until"));
      case DEAD_SECRET_USED -> texts.get(row.kind() + more(row) + ".text");
      case REFRESH_LATE -> texts.get(key, fact(row, "keys"), time(row, "since"));
      case WEBHOOK_DISABLED ->
          texts
              .find(row.kind() + "." + fact(row, "because"))
              .orElseGet(() -> texts.get(row.kind() + ".BY_HAND"));
    };
  }

  private static String more(NoticeRow row) {
    return row.facts().containsKey("network") ? "" : MORE;
  }

  /** The path of the page with the object. */
  public static String path(NoticeRow row) {
    return switch (row.kind()) {
      case KEY_EXPIRING, RETIRED_SECRET_USED -> "/settings/api-key?id=" + row.subjectId();
      case DEAD_SECRET_USED -> "/settings/requests?key=" + row.subjectId() + "&status=401";
      case REFRESH_LATE -> "/settings/api-authentication?sort=next-refresh";
      case WEBHOOK_DISABLED -> "/settings/webhook?id=" + row.subjectId();
      case INVITATION_ACCEPTED ->
          "/settings/users?search=" + URLEncoder.encode(row.subjectName(), StandardCharsets.UTF_8);
    };
  }

  /** The name of a kind. */
  public String kind(NoticeKind kind) {
    return texts.get(kind + ".kind");
  }

  /** The name of a way of being told. */
  public String channel(Channel channel) {
    return texts.get("channel." + channel);
  }

  /** The texts of notices and their mails. */
  Texts texts() {
    return texts;
  }

  private static String fact(NoticeRow row, String name) {
    return row.facts().getOrDefault(name, "");
  }

  private String time(NoticeRow row, String name) {
    String fact = fact(row, name);
    try {
      return time.format(Instant.parse(fact)) + zone;
    } catch (DateTimeException e) {
      return fact;
    }
  }
}
