package io.keyturn.supplier;

import io.keyturn.database.StorableTime;
import io.keyturn.problem.ProblemException;
import java.math.BigDecimal;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes of sent data what is stored, and says of each member what is wrong with it. */
final class SupplierCheck {
  /** The longest external id. */
  static final int LONGEST_KEY = 100;

  private static final int NUMBER = 50;
  private static final int NAME = 200;
  private static final Pattern HOST = Pattern.compile("(.+?)((?::[0-9]*)?)");
  private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());

  private final TextChecks checks = new TextChecks();
  private final SupplierListsCheck lists = new SupplierListsCheck(checks);
  private final SupplierData before;
  private final Map<String, CustomField> customFields;

  private SupplierCheck(SupplierData before, Map<String, CustomField> customFields) {
    this.before = before;
    this.customFields = customFields;
  }

  /**
   * The data as it is stored.
   *
   * @param before what is stored of the same supplier, by the rules of its time; {@link
   *     SupplierData#EMPTY} of a new supplier
   * @param customFields the organisation's custom fields by name
   * @throws ProblemException 422 naming each member at fault
   */
  static SupplierData of(
      SupplierData before, SupplierData sent, Map<String, CustomField> customFields) {
    SupplierCheck check = new SupplierCheck(before, customFields);
    SupplierData data = check.data(sent);
    check.checks.done();
    return data;
  }

  /**
   * The sent data with the values that no two suppliers may have alike as they are stored. A value
   * that cannot be stored is empty.
   */
  static SupplierData unique(SupplierData before, SupplierData sent) {
    return sent.identified(
        fine(checks -> checks.line("number", sent.number(), NUMBER)),
        fine(checks -> checks.line("external_id", sent.externalId(), LONGEST_KEY)),
        sent.identifiers().stream().map(one -> unique(before, one)).toList());
  }

  private static Identifier unique(SupplierData before, Identifier sent) {
    List<Identifier> stored =
        fine(
            checks ->
                new SupplierListsCheck(checks).identifiers(before.identifiers(), List.of(sent)));
    return stored == null ? Identifier.NONE : stored.get(0);
  }

  private static <T> @Nullable T fine(Function<TextChecks, @Nullable T> check) {
    TextChecks checks = new TextChecks();
    T value = check.apply(checks);
    return checks.fine() ? value : null;
  }

  private SupplierData data(SupplierData sent) {
    return new SupplierData(
        checks.line("number", sent.number(), NUMBER),
        checks.line("external_id", sent.externalId(), LONGEST_KEY),
        checks.required("name", sent.name(), NAME),
        checks.line("legal_name", sent.legalName(), NAME),
        sent.type() == null ? "company" : word("type", sent.type(), codes(SupplierType.values())),
        website(checks.line("website", sent.website(), 500)),
        checks.lines("description", sent.description(), 4000),
        language(checks.line("language", sent.language(), 35)),
        word("onboarding_status", sent.onboardingStatus(), codes(OnboardingStatus.values())),
        hold(sent.hold()),
        Objects.requireNonNullElse(sent.preferred(), false),
        tags(sent.tags()),
        custom(sent.customFields()),
        references("locations", sent.locations()),
        references("departments", sent.departments()),
        references("owners", sent.owners()),
        lists.addresses(sent.addresses()),
        lists.contacts(sent.contacts()),
        lists.identifiers(before.identifiers(), sent.identifiers()),
        lists.categories(sent.categories()),
        checks.line("industry", sent.industry(), 100),
        currency(checks.line("currency", sent.currency(), 10)),
        checks.line("payment_terms", sent.paymentTerms(), 100),
        scores(sent.scores()));
  }

  private static List<String> codes(Enum<?>[] values) {
    return Stream.of(values).map(v -> v.name().toLowerCase(Locale.ROOT)).toList();
  }

  private @Nullable String word(String field, @Nullable String sent, List<String> known) {
    return lists.word(field, sent, known);
  }

  private @Nullable String website(@Nullable String text) {
    if (text == null) {
      return null;
    }
    if (!web(text)) {
      checks.wrong("website", "must be an address such as https://nordwind.example");
    }
    return text;
  }

  /** Pages link to it, so that nothing but the web may stand there. */
  private static boolean web(String text) {
    try {
      URI uri = new URI(text);
      String authority = uri.getRawAuthority();
      if (authority == null
          || !("https".equalsIgnoreCase(uri.getScheme())
              || "http".equalsIgnoreCase(uri.getScheme()))) {
        return false;
      }
      // A host may have letters of all languages; URI knows hosts of ASCII only.
      Matcher parts = HOST.matcher(authority);
      URI ascii =
          parts.matches() && uri.getHost() == null
              ? new URI(
                  "http://"
                      + IDN.toASCII(parts.group(1), IDN.USE_STD3_ASCII_RULES)
                      + parts.group(2))
              : uri;
      return ascii.getHost() != null && ascii.getUserInfo() == null;
    } catch (URISyntaxException | IllegalArgumentException e) {
      return false;
    }
  }

  private @Nullable String language(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      Locale locale = new Locale.Builder().setLanguageTag(text).build();
      if (LANGUAGES.contains(locale.getLanguage())) {
        return locale.toLanguageTag();
      }
    } catch (IllformedLocaleException e) {
      // The same message as for an unknown language.
    }
    checks.wrong("language", "must be a language tag (BCP 47) such as de or pt-BR");
    return text;
  }

  private @Nullable String currency(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String code = text.toUpperCase(Locale.ROOT);
    if (!Currencies.CODES.contains(code) && !code.equals(before.currency())) {
      checks.wrong("currency", "must be a currency's code (ISO 4217), such as EUR");
    }
    return code;
  }

  private @Nullable Hold hold(@Nullable Hold sent) {
    if (sent == null) {
      return null;
    }
    if (sent.scope() == null) {
      checks.wrong("hold.scope", "must be given");
    }
    if (sent.until() != null && !StorableTime.is(sent.until())) {
      checks.wrong("hold.until", "must be from 1970 to 9999");
    }
    return new Hold(
        word("hold.scope", sent.scope(), codes(HoldScope.values())),
        sent.until(),
        checks.line("hold.reason", sent.reason(), 500));
  }

  private @Nullable Scores scores(@Nullable Scores sent) {
    Scores scores = Objects.requireNonNullElse(sent, Scores.NONE);
    Scores checked =
        new Scores(
            score("performance", scores.performance()),
            score("risk", scores.risk()),
            score("sustainability", scores.sustainability()));
    return checked.equals(Scores.NONE) ? null : checked;
  }

  private @Nullable BigDecimal score(String name, @Nullable BigDecimal value) {
    if (value == null) {
      return null;
    }
    BigDecimal plain = value.stripTrailingZeros();
    if (plain.signum() < 0 || plain.compareTo(BigDecimal.valueOf(5)) > 0 || plain.scale() > 1) {
      checks.wrong("scores." + name, "must be from 0 to 5, with one decimal at most");
      return null;
    }
    return plain.setScale(1);
  }

  private List<String> tags(List<String> sent) {
    checks.size("tags", sent, 50);
    Map<String, String> byFold = new LinkedHashMap<>();
    for (int i = 0; i < sent.size(); i++) {
      String tag = checks.required("tags[" + i + "]", sent.get(i), 50);
      byFold.putIfAbsent(Names.fold(tag), tag);
    }
    return List.copyOf(byFold.values());
  }

  private List<Reference> references(String field, List<Reference> sent) {
    checks.size(field, sent, 100);
    Set<UUID> ids = new LinkedHashSet<>();
    for (int i = 0; i < sent.size(); i++) {
      UUID id = sent.get(i).id();
      if (id == null) {
        checks.wrong(field + "[" + i + "].id", "must be given");
      } else {
        ids.add(id);
      }
    }
    return ids.stream().map(id -> new Reference(id, null)).toList();
  }

  private Map<String, Object> custom(Map<String, Object> sent) {
    Map<String, Object> values = new LinkedHashMap<>();
    sent.forEach(
        (name, value) -> {
          String field = "custom_fields." + name;
          CustomField known = customFields.get(name);
          if (known == null) {
            checks.wrong(field, "is not a custom field of the organisation");
          } else if (value != null) {
            Object checked = known.checked(value, message -> checks.wrong(field, message));
            if (checked != null) {
              values.put(name, checked);
            }
          }
        });
    return values;
  }

  /** Maps the entries of a list, each with the name of its place. */
  static <T> List<T> each(String field, List<T> sent, BiFunction<String, T, T> check) {
    return IntStream.range(0, sent.size())
        .mapToObj(i -> check.apply(field + "[" + i + "].", sent.get(i)))
        .toList();
  }

  /** Exactly one entry of a list that is not empty is the primary entry: the first, unless said. */
  static <T> List<T> onePrimary(
      List<T> entries, Function<T, Boolean> said, BiFunction<T, Boolean, T> with) {
    int primary = 0;
    for (int i = 0; i < entries.size(); i++) {
      if (said.apply(entries.get(i))) {
        primary = i;
        break;
      }
    }
    int chosen = primary;
    return IntStream.range(0, entries.size())
        .mapToObj(i -> with.apply(entries.get(i), i == chosen))
        .toList();
  }
}
