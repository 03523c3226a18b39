package io.keyturn.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.access.Scope;
import io.keyturn.audit.AuditAction;
import io.keyturn.event.EventType;
import io.keyturn.user.BuiltInRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Finds what is not translated: in the files with the texts, in the pages and in Java. */
class UntranslatedTest {
  private static final Path WEBAPP = Path.of("src/main/webapp");
  private static final Path JAVA = Path.of("src/main/java/io/keyturn");
  private static final Texts ENGLISH = Texts.of("pages", Language.ENGLISH);

  private static final Pattern PARAMETER = Pattern.compile("\\{(\\d)");
  private static final Pattern KEY = Pattern.compile("['\"]([a-z][a-z0-9_]*\\.[a-z0-9_]+)['\"]");

  /** Texts that code finds by a name that it puts together. */
  private static final Set<String> BY_NAME =
      Set.of("word.", "role.", "audit_event.", "audit_fact.");

  private static Texts texts(String area, Language language) {
    return Texts.of(area, language);
  }

  private static Set<String> parameters(String text) {
    return PARAMETER.matcher(text).results().map(m -> m.group(1)).collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mails", "notices", "pages", "sentences"})
  void languagesHaveTheSameTexts(String area) {
    Map<String, String> english = texts(area, Language.ENGLISH).all();
    Texts german = texts(area, Language.GERMAN);

    assertThat(new TreeSet<>(german.all().keySet())).isEqualTo(new TreeSet<>(english.keySet()));
    english.forEach(
        (key, text) -> {
          assertThat(text).as(key).isNotBlank();
          assertThat(german.get(key)).as(key).isNotBlank();
          assertThat(parameters(german.get(key))).as(key).isEqualTo(parameters(text));
        });
  }

  /** A lone apostrophe would take the parameters behind it away. */
  @ParameterizedTest
  @EnumSource(Language.class)
  void textsWithParametersAreWellFormedPatterns(Language language) {
    for (String area : List.of("mails", "notices", "pages", "sentences")) {
      texts(area, language)
          .all()
          .forEach(
              (key, text) -> {
                boolean pattern =
                    !parameters(text).isEmpty()
                        && !key.startsWith("script.")
                        && (!area.equals("sentences") || language != Language.ENGLISH);
                if (pattern) {
                  assertThat(text.replace("''", "")).as(key).doesNotContain("'");
                  assertThat(new MessageFormat(text, language.locale()).format(sample()))
                      .as(key)
                      .doesNotContain("{", "}");
                } else if (!key.startsWith("script.")) {
                  assertThat(text).as(key).doesNotContain("''");
                }
              });
    }
  }

  private static Object[] sample() {
    return new Object[] {1, 2, 3, 4, 5};
  }

  /** The texts by which the script names the buttons of a row. */
  private static Set<String> namesOfButtons() throws IOException {
    Set<String> names = new TreeSet<>();
    for (Path file : files(WEBAPP, ".xhtml")) {
      Pattern.compile("data-named=\"([a-z]+)\"")
          .matcher(read(file))
          .results()
          .forEach(m -> names.add("script." + m.group(1) + "_of"));
    }
    return names;
  }

  @Test
  void eachTextIsUsedAndEachUsedTextIsThere() throws IOException {
    Set<String> used = new TreeSet<>(namesOfButtons());
    for (Path file : files(WEBAPP, ".xhtml")) {
      KEY.matcher(read(file)).results().map(m -> m.group(1)).forEach(used::add);
    }
    for (Path file : files(JAVA, ".java")) {
      KEY.matcher(read(file)).results().map(m -> m.group(1)).forEach(used::add);
    }
    for (Path file : files(WEBAPP.resolve("assets"), ".js")) {
      Pattern.compile("\"([a-z_]+)\"")
          .matcher(read(file))
          .results()
          .map(m -> "script." + m.group(1))
          .filter(ENGLISH.all()::containsKey)
          .forEach(used::add);
    }
    assertThat(
            ENGLISH.all().keySet().stream()
                .filter(key -> BY_NAME.stream().noneMatch(key::startsWith))
                .filter(key -> !used.contains(key)))
        .as("texts that nothing uses")
        .isEmpty();
    Set<String> absent = new TreeSet<>(namesOfButtons());
    absent.removeAll(ENGLISH.all().keySet());
    for (Path file : files(WEBAPP, ".xhtml")) {
      Pattern.compile("\\bt(?:\\[|\\.of\\()'([^']+)'")
          .matcher(read(file))
          .results()
          .map(m -> m.group(1))
          .filter(key -> ENGLISH.find(key).isEmpty())
          .forEach(absent::add);
    }
    for (Path file : files(WEBAPP.resolve("assets"), ".js")) {
      Pattern.compile("keyturn\\.say\\(([^)]*)\\)")
          .matcher(read(file))
          .results()
          .flatMap(m -> Pattern.compile("\"([a-z_]+)\"").matcher(m.group(1)).results())
          .map(m -> "script." + m.group(1))
          .filter(key -> ENGLISH.find(key).isEmpty())
          .forEach(absent::add);
    }
    assertThat(absent).as("texts that are used and absent").isEmpty();
  }

  @ParameterizedTest
  @EnumSource(AuditAction.class)
  void eachAuditActionHasASentence(AuditAction action) {
    assertThat(ENGLISH.find("audit_event." + action.name().toLowerCase(Locale.ROOT))).isPresent();
  }

  @Test
  void whatScopesEventsAndRolesAreCalledIsTranslated() {
    Stream<String> said =
        Stream.of(
                Arrays.stream(Scope.values()).flatMap(s -> Stream.of(s.description(), s.module())),
                Arrays.stream(EventType.values()).map(EventType::description))
            .flatMap(s -> s);

    assertThat(said.filter(text -> Sentences.in(Language.GERMAN).known(text).isEmpty())).isEmpty();
    assertThat(
            Arrays.stream(BuiltInRole.values())
                .map(BuiltInRole::title)
                .filter(title -> !ENGLISH.all().containsValue(title)))
        .isEmpty();
  }

  // Literal texts in pages.

  private static final Pattern TOKEN =
      Pattern.compile("<!--.*?-->|<(?:[^>\"]|\"[^\"]*\")*>|[^<]+", Pattern.DOTALL);
  private static final Pattern EXPRESSION = Pattern.compile("#\\{(?:[^{}']|'[^']*'|\\{[^}]*})*}");
  private static final Pattern LETTERS = Pattern.compile("\\p{L}{2}");
  private static final Pattern ATTRIBUTE = Pattern.compile("([\\w:-]+)=\"([^\"]*)\"");
  private static final Set<String> TEXT_ATTRIBUTES =
      Set.of(
          "label",
          "header",
          "aria-label",
          "a:aria-label",
          "title",
          "placeholder",
          "itemLabel",
          "requiredMessage",
          "alt",
          "data-label",
          "data-name",
          "data-other");
  private static final Set<String> WITH_VALUE =
      Set.of(
          "h:outputLabel", "p:commandButton", "h:commandButton", "h:commandLink", "h:outputText");
  private static final Set<String> TEXTS_FOR_TEMPLATES =
      Set.of(
          "caption",
          "none",
          "title",
          "label",
          "hint",
          "noun",
          "heading",
          "legend",
          "what",
          "nothing",
          "once",
          "onceTitle");

  /** A branch of a condition that is a literal: {@code ? 'yes'} or {@code : 'no'}. */
  private static final Pattern BRANCH = Pattern.compile("[?:]\\s*'([^']*)'");

  /** Names, which are the same in each language. */
  private static final Set<String> NAMES =
      Set.of(
          "Keyturn",
          "NDJSON",
          "live",
          "test",
          "CPV",
          "UNSPSC",
          "GLN",
          "LEI",
          "D-U-N-S",
          "Peppol",
          "UTC",
          "/api/v1/suppliers/{id}",
          "webhook-id:",
          "webhook-timestamp:",
          "· Keyturn",
          "\"client credentials");

  @Test
  void pagesHaveNoLiteralTexts() throws IOException {
    Map<String, String> found = new TreeMap<>();
    for (Path file : files(WEBAPP, ".xhtml")) {
      String within = "";
      Matcher tokens = TOKEN.matcher(read(file));
      while (tokens.find()) {
        String token = tokens.group();
        if (token.startsWith("<!")) {
          continue;
        }
        if (!token.startsWith("<")) {
          if (!within.equals("pre")) {
            literals(token).forEach(text -> found.put(text, file.toString()));
          }
          continue;
        }
        String tag = token.replaceAll("(?s)</?([\\w:-]+).*", "$1");
        if (tag.equals("pre")) {
          within = token.startsWith("</") ? "" : tag;
        }
        ATTRIBUTE
            .matcher(token)
            .results()
            .filter(attribute -> isText(tag, token, attribute.group(1)))
            .flatMap(attribute -> literals(attribute.group(2)))
            .forEach(text -> found.put(text, file.toString()));
      }
    }
    assertThat(found).isEmpty();
  }

  private static boolean isText(String tag, String token, String attribute) {
    return TEXT_ATTRIBUTES.contains(attribute)
        || attribute.equals("value")
            && (WITH_VALUE.contains(tag)
                || tag.equals("ui:param")
                    && TEXTS_FOR_TEMPLATES.contains(
                        token.replaceAll("(?s).*name=\"(\\w+)\".*", "$1")));
  }

  private static Stream<String> literals(String text) {
    List<String> all = new ArrayList<>();
    all.add(EXPRESSION.matcher(text).replaceAll(" ").strip());
    EXPRESSION
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .flatMap(expression -> BRANCH.matcher(expression).results())
        .map(branch -> branch.group(1))
        .filter(branch -> !branch.startsWith("kt-"))
        .forEach(all::add);
    return all.stream()
        .filter(literal -> LETTERS.matcher(literal).find())
        .filter(literal -> !NAMES.contains(literal));
  }

  // What Java says.

  /** What people at pages read nothing of, in the packages whose texts they read. */
  private static final Set<String> NOT_AT_PAGES =
      Set.of(
          // documents that the API answered, which a page shows as they were
          "FurtherMembers.java",
          // API requests and their bodies
          "ApiKeyActionsResource.java",
          "ApiKeyRequests.java",
          "ApiKeysResource.java",
          "ApiRefreshes.java",
          "AuditEventsResource.java",
          "AuditParameters.java",
          "BearerChallenge.java",
          "Body.java",
          "Caller.java",
          "ClientCredentials.java",
          "ClientCredentialsReader.java",
          "CustomFields.java",
          "EventFeed.java",
          "EventStreams.java",
          "EventsResource.java",
          "FormBody.java",
          "Grantor.java",
          "Idempotency.java",
          "IfMatch.java",
          "IntrospectionResource.java",
          "KeyRequest.java",
          "MultipartBody.java",
          "OperatorFilter.java",
          "OrganisationRemoval.java",
          "OrganisationsResource.java",
          "NewOrganisations.java",
          "ProblemMapper.java",
          "RecordReader.java",
          "ReferenceListsResource.java",
          "RevocationsResource.java",
          "SecretHeaders.java",
          "SupplierActionsResource.java",
          "SupplierBulkResource.java",
          "SupplierData.java",
          "SupplierExportResource.java",
          "SupplierImportsResource.java",
          "SupplierParameters.java",
          "SupplierReach.java",
          "SupplierRequest.java",
          "SuppliersResource.java",
          "TokenRefusals.java",
          "TokenRequest.java",
          "TokenResource.java",
          "UsageHours.java",
          "UsageResource.java",
          "VerificationProblems.java",
          "VerifyResource.java",
          "Webhooks.java",
          "WishCheck.java",
          "WebhooksResource.java",
          "AcceptPatch.java",
          "DocumentServlet.java",
          // logs, settings and health, for operators
          "ClosedByDefault.java",
          "DatabaseAtStart.java",
          "DatabaseBulkhead.java",
          "DatabaseHealth.java",
          "DiskReserve.java",
          "FailureLog.java",
          "FederatedPeople.java",
          "FilterStatistics.java",
          "ImportWork.java",
          "KnownPlaces.java",
          "MailServer.java",
          "MailSettings.java",
          "OidcSettings.java",
          "OneWriter.java",
          "PatientMigrations.java",
          "Provider.java",
          "PublicAddress.java",
          "RefreshHealth.java",
          "RegistryCalls.java",
          "RegistrySettings.java",
          "Route.java",
          "SchemaIntegrator.java",
          "Seal.java",
          "SearchIndex.java",
          "SecretText.java",
          "ServerRegistry.java",
          "Settings.java",
          "SignInBackOff.java",
          "SingleFlight.java",
          "SingleSignOn.java",
          "SingleSignOnServlet.java",
          "Start.java",
          "StoredFolds.java",
          "StoredSuppliers.java",
          "TermIndex.java",
          "UnreadVariables.java",
          "ValuePlans.java",
          "CurrentUser.java",
          "Roles.java",
          // parts of queries
          "ApiKeyFilter.java",
          "ApiKeyQuery.java",
          "Keyring.java",
          "RequestQuery.java",
          "RequestRows.java",
          "RowChanges.java",
          "Search.java",
          "Condition.java",
          "TermFilter.java",
          "SupplierImports.java",
          "ReferenceLists.java",
          "SupplierQuery.java",
          // data: demo suppliers, names, forms, reasons in the audit log
          "AuditExport.java",
          "BuiltInRole.java",
          "DemoSuppliers.java",
          "DemoWords.java",
          "BoundedRequest.java",
          "EdgeFilter.java",
          "Offboarding.java",
          "SupplierExport.java",
          "SupplierFields.java",
          "TestKey.java",
          "ClientIdentity.java",
          "Webhook.java",
          // mails, which speak by themselves
          "LinkMail.java");

  /** Sentences that are made of pieces: each piece, and the sentences that are made of it. */
  private static final Map<String, List<String>> PIECES =
      Map.ofEntries(
          Map.entry(
              "More than {} clients",
              List.of(
                  "More than 5 clients used the current secret in the last day, and must get the new secret.")),
          Map.entry(
              "One client",
              List.of(
                  "One client used the current secret in the last day, and must get the new secret.")),
          Map.entry(
              "{} used the current secret in the last day, and must get the new secret.",
              List.of(
                  "3 clients used the current secret in the last day, and must get the new secret.")),
          Map.entry(
              "You can give only what you may do yourself",
              List.of("You can give only what you may do yourself: the scope suppliers:read.")),
          Map.entry(
              "You cannot get the secret of a key that may do more than you",
              List.of(
                  "You cannot get the secret of a key that may do more than you: the scope suppliers:read.")),
          Map.entry("{}: the scope {}.", List.of()),
          Map.entry(
              "must be a VAT number with the code of its country (or EL, XI, EU) before it, such as DE136695976",
              List.of(
                  "must be a VAT number with the code of its country (or EL, XI, EU) before it, such as DE136695976, with right check digits")),
          Map.entry("must have 13 digits", List.of("must have 13 digits, with right check digits")),
          Map.entry(
              "must have 18 letters and digits and 2 check digits",
              List.of(
                  "must have 18 letters and digits and 2 check digits, with right check digits")),
          Map.entry(
              " To stop it now, refresh once more.",
              List.of(
                  "The previous secret works until noon. To stop it now, refresh once more.",
                  "\"ERP\" was refreshed meanwhile, and was not refreshed again. The previous secret works until noon. To stop it now, refresh once more.")),
          Map.entry(
              "\"{}\" was refreshed meanwhile, and was not refreshed again. {}{}",
              List.of(
                  "\"ERP\" was refreshed meanwhile, and was not refreshed again. The previous secret no longer works.")),
          Map.entry(
              "The old secret",
              List.of("The old secret works until noon.", "The old secret no longer works.")),
          Map.entry(
              "The previous secret",
              List.of(
                  "The previous secret works until noon.", "The previous secret no longer works.")),
          Map.entry("{} no longer works.", List.of()),
          Map.entry("{} works until {}.", List.of()),
          Map.entry(" to {}", List.of()),
          Map.entry(". Save again to keep what you entered here.", List.of()),
          Map.entry(
              "Changed meanwhile by {}{}{}",
              List.of(
                  "Changed meanwhile by Ann. Save again to keep what you entered here.",
                  "Changed meanwhile by Ann to \"x\". Save again to keep what you entered here.",
                  "Changed meanwhile by the API key \"ERP\" to \"x\". Save again to keep what you entered here.")),
          Map.entry(
              "Changed meanwhile{}",
              List.of("Changed meanwhile. Save again to keep what you entered here.")),
          Map.entry("changed {}", List.of("Ann changed name from \"a\" to \"b\" (noon).")),
          Map.entry(
              "submitted it for approval",
              List.of(
                  "Ann submitted it for approval (noon).",
                  "The API key \"ERP\" submitted it for approval (noon).",
                  "Ann created it (noon).",
                  "Ann approved it (noon).",
                  "Ann rejected it (noon).",
                  "Ann archived it (noon).",
                  "Ann unarchived it (noon).")),
          Map.entry("{} API key \"{}\"", List.of("The API key \"ERP\" changed name (noon).")),
          Map.entry(
              "Nothing was done. ",
              List.of(
                  "Nothing was done. Your role does not have the permission for this page: See users and roles. An administrator of your organisation can give it to you.")),
          Map.entry(
              "{}Your role does not have the permission for this page: {}. An administrator of your organisation can give it to you.",
              List.of(
                  "Your role does not have the permission for this page: See users and roles. An administrator of your organisation can give it to you.")),
          Map.entry(" is active already.", List.of("ann@demo.example is active already.")),
          Map.entry(" is deactivated.", List.of("ann@demo.example is deactivated.")),
          Map.entry(
              " is invited, but has not joined yet.",
              List.of("ann@demo.example is invited, but has not joined yet.")),
          Map.entry(
              "There is no such {}.",
              List.of(
                  "There is no such API key.",
                  "There is no such delivery.",
                  "There is no such client certificate.",
                  "There is no such webhook.",
                  "There is no such role.",
                  "There is no such user.",
                  "There is no such import.",
                  "There is no such supplier.",
                  "There is no such location.",
                  "There is no such department.",
                  "There is no such renewal credential.",
                  "There is no such file.",
                  "There is no such list.")),
          Map.entry("client certificate", List.of("There is no such client certificate.")),
          Map.entry(
              "more error",
              List.of("And 1 more error.", "And 2 more errors.", "1 more error", "2 more errors")),
          Map.entry("The supplier is {}, and cannot {}.", List.of()),
          Map.entry("be archived", List.of("The supplier is archived, and cannot be archived.")),
          Map.entry(
              "be changed before it is unarchived",
              List.of("The supplier is archived, and cannot be changed before it is unarchived.")),
          Map.entry(
              "be submitted for approval",
              List.of("The supplier is active, and cannot be submitted for approval.")),
          Map.entry("be unarchived", List.of("The supplier is active, and cannot be unarchived.")),
          Map.entry(
              "be {}",
              List.of(
                  "The supplier is active, and cannot be approved.",
                  "The supplier is archived, and cannot be rejected.")),
          Map.entry(
              "is neither the id nor the name of a {}",
              List.of(
                  "is neither the id nor the name of a location",
                  "is neither the id nor the name of a department")),
          Map.entry(
              "The {} {} has the same name already.",
              List.of(
                  "The location 5 has the same name already.",
                  "The department 5 has the same name already.")),
          Map.entry(
              "This invitation is for {}.",
              List.of(
                  "This invitation is for ann@demo.example. No mail is sent, because no mail server is configured.")),
          Map.entry(
              "This invitation is for {}. The previous link no longer works.",
              List.of(
                  "This invitation is for ann@demo.example. The previous link no longer works. No mail is sent, because no mail server is configured.")),
          Map.entry(
              "With this link {} chooses a new password.",
              List.of(
                  "With this link ann@demo.example chooses a new password. No mail is sent, because no mail server is configured.")));

  @Test
  void eachSentenceInJavaIsTranslated() throws IOException {
    Set<String> known =
        Texts.of("sentences", Language.ENGLISH).all().values().stream()
            .map(text -> text.replaceAll("\\{\\d[^}]*}", "{}"))
            .collect(Collectors.toSet());
    Map<String, String> said = SourceTexts.in(List.of(JAVA));

    said.values().removeIf(NOT_AT_PAGES::contains);
    said.keySet().removeAll(known);
    said.keySet().removeAll(PIECES.keySet());

    assertThat(said).as("sentences without a template").isEmpty();
  }

  @Test
  void sentencesThatAreMadeOfPiecesAreTranslated() {
    assertThat(
            PIECES.values().stream()
                .flatMap(List::stream)
                .filter(whole -> Sentences.in(Language.GERMAN).known(whole).isEmpty()))
        .isEmpty();
  }

  @Test
  void eachTemplateIsSaidSomewhere() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path file : files(JAVA, ".java")) {
      all.append(read(file).replaceAll("\"\\s*\\+\\s*\"", ""));
    }
    String java = all.toString().replace("\\\"", "\"");
    Set<String> nowhere = new TreeSet<>();
    for (String text : Texts.of("sentences", Language.ENGLISH).all().values()) {
      boolean said =
          Arrays.stream(text.split("\\{\\d[^}]*}", -1))
              .map(String::strip)
              .filter(piece -> LETTERS.matcher(piece).find())
              .flatMap(piece -> Arrays.stream(piece.split("[\"]", -1)))
              .allMatch(piece -> java.contains(piece.strip()));
      Pattern whole =
          Pattern.compile(
              Arrays.stream(text.split("\\{\\d[^}]*}", -1))
                  .map(Pattern::quote)
                  .collect(Collectors.joining(".*")));
      if (!said
          && PIECES.values().stream()
              .flatMap(List::stream)
              .noneMatch(piece -> whole.matcher(piece).matches())) {
        nowhere.add(text);
      }
    }
    assertThat(nowhere).isEmpty();
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }
}
