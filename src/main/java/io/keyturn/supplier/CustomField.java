package io.keyturn.supplier;

import io.keyturn.organisation.OrganisationId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A member of suppliers that the organisation has added. Its name and type never change. */
@Entity
public class CustomField {
  private static final int LONGEST = 1000;

  @Id private UUID id;
  private OrganisationId organisationId;
  private String name;
  private String label;

  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  private Type type;

  private String choices;

  /** What values a custom field takes. */
  public enum Type {
    TEXT,
    NUMBER,
    BOOLEAN,
    DATE,
    CHOICE;

    /** The type as the API writes it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  protected CustomField() {}

  CustomField(
      OrganisationId organisationId, String name, String label, Type type, List<String> choices) {
    this.id = UUID.randomUUID();
    this.organisationId = organisationId;
    this.name = name;
    this.label = label;
    this.type = type;
    this.choices = String.join("\n", choices);
  }

  UUID id() {
    return id;
  }

  String name() {
    return name;
  }

  String label() {
    return label;
  }

  Type type() {
    return type;
  }

  /** The values of a choice; none for other types. */
  List<String> choices() {
    return choices.lines().toList();
  }

  /**
   * A value as it is stored; null when the value is wrong.
   *
   * @param wrong is told what the value must be
   */
  @Nullable Object checked(Object value, Consumer<String> wrong) {
    Object fitting =
        switch (type) {
          case TEXT -> value instanceof String text ? text(text) : null;
          case NUMBER -> value instanceof BigDecimal number ? number(number) : null;
          case BOOLEAN -> value instanceof Boolean flag ? flag : null;
          case DATE -> value instanceof String text ? date(text) : null;
          case CHOICE -> value instanceof String text ? choice(Names.clean(text)) : null;
        };
    if (fitting == null) {
      wrong.accept(
          switch (type) {
            case TEXT -> "must be a text of at most " + LONGEST + " characters";
            case NUMBER -> "must be a number";
            case BOOLEAN -> "must be true or false";
            case DATE -> "must be a date such as 2026-01-31";
            case CHOICE -> "must be one of " + String.join(", ", choices());
          });
    }
    return fitting;
  }

  /** 1.0 and 1 are the same. */
  private static BigDecimal number(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    return plain.scale() < 0 ? plain.setScale(0) : plain;
  }

  private @Nullable String choice(String text) {
    return choices().contains(text) ? text : null;
  }

  private static @Nullable String text(String text) {
    TextChecks checks = new TextChecks();
    String clean = checks.lines("", text, LONGEST);
    return checks.fine() ? clean : null;
  }

  private static @Nullable String date(String text) {
    try {
      LocalDate date = LocalDate.parse(text);
      return date.getYear() >= 0 && date.getYear() <= 9999 ? date.toString() : null;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
