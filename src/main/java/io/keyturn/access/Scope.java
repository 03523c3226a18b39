package io.keyturn.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a key or a role may do: a module and an action. It is the one list for keys and people; each
 * scope opens something to at least one of them, which {@code ScopeTest} derives from the code.
 */
public enum Scope {
  SUPPLIERS_READ("suppliers:read", Opens.TO_BOTH, "See suppliers and locations"),
  SUPPLIERS_WRITE("suppliers:write", Opens.TO_BOTH, "Create and change suppliers"),
  SUPPLIERS_APPROVE("suppliers:approve", Opens.TO_BOTH, "Approve, reject and archive suppliers"),
  API_KEYS_READ("api-keys:read", Opens.TO_BOTH, "See API keys, without their secrets"),
  API_KEYS_MANAGE("api-keys:manage", Opens.TO_BOTH, "Create, refresh and revoke API keys"),
  API_KEYS_REVEAL("api-keys:reveal", Opens.TO_PEOPLE, "Show and copy the secrets of API keys"),
  API_KEYS_REFRESH_SELF("api-keys:refresh-self", Opens.TO_KEYS, "Refresh the API key that calls"),
  API_KEYS_RENEWAL(
      "api-keys:renewal", Opens.TO_PEOPLE, "Switch renewal credentials of API keys on and off"),
  KEYS_VERIFY(
      "keys:verify", Opens.TO_KEYS, "Verify secrets for other services of the organisation"),
  AUDIT_LOG_READ("audit-log:read", Opens.TO_BOTH, "See and verify the audit log"),
  AUDIT_LOG_EXPORT("audit-log:export", Opens.TO_PEOPLE, "Export the audit log"),
  EVENTS_READ("events:read", Opens.TO_KEYS, "Follow changes of what the key may see"),
  WEBHOOKS_READ("webhooks:read", Opens.TO_BOTH, "See webhooks and their deliveries"),
  WEBHOOKS_MANAGE("webhooks:manage", Opens.TO_BOTH, "Create, change, test and delete webhooks"),
  USERS_READ("users:read", Opens.TO_PEOPLE, "See users and roles"),
  USERS_MANAGE("users:manage", Opens.TO_PEOPLE, "Invite, change, deactivate and reactivate users"),
  ROLES_MANAGE("roles:manage", Opens.TO_PEOPLE, "Create, change and delete roles"),
  ORGANISATION_MANAGE(
      "organisation:manage", Opens.TO_PEOPLE, "Change the organisation's name and strict mode");

  /** To whom a scope opens something: an operation of the API, or something on a page. */
  private enum Opens {
    TO_KEYS,
    TO_PEOPLE,
    TO_BOTH
  }

  private final String code;
  private final Opens opens;
  private final String description;

  Scope(String code, Opens opens, String description) {
    this.code = code;
    this.opens = opens;
    this.description = description;
  }

  /** The code in tokens, documents and the database, such as {@code suppliers:read}. */
  public String code() {
    return code;
  }

  public String description() {
    return description;
  }

  /** Whether it opens nothing but reading. */
  public boolean reads() {
    return code.endsWith(":read");
  }

  /** Whether a key can do something with it. */
  public boolean opensToKeys() {
    return opens != Opens.TO_PEOPLE;
  }

  /** Whether people can do something with it, other than to give it to keys. */
  public boolean opensToPeople() {
    return opens != Opens.TO_KEYS;
  }

  /** The scopes with which a key can do something, in a fixed order. */
  public static Set<Scope> ofKeys() {
    return Arrays.stream(values())
        .filter(Scope::opensToKeys)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Scope.class)));
  }

  /** The module's name as a heading, such as {@code API keys}. */
  public String module() {
    if (this == KEYS_VERIFY) {
      return "Verification for other services";
    }
    String words = code.substring(0, code.indexOf(':')).replace('-', ' ');
    return words.startsWith("api ")
        ? "API" + words.substring(3)
        : Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /** Scopes, grouped by the headings of their modules, in a fixed order. */
  public static Map<String, List<Scope>> byModule(Collection<Scope> scopes) {
    return scopes.stream()
        .sorted()
        .collect(Collectors.groupingBy(Scope::module, LinkedHashMap::new, Collectors.toList()));
  }

  /** The scope with this code. */
  public static Optional<Scope> of(String code) {
    return Arrays.stream(values()).filter(s -> s.code.equals(code)).findFirst();
  }

  /** A set of scopes as one text: codes in a fixed order, separated by spaces (RFC 6749 §3.3). */
  public static String format(Collection<Scope> scopes) {
    return scopes.stream().sorted().map(Scope::code).collect(Collectors.joining(" "));
  }

  /** The scopes in a text of {@link #format}. Codes that are no longer known grant nothing. */
  public static Set<Scope> parse(String text) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String code : text.split(" ", -1)) {
      of(code).ifPresent(scopes::add);
    }
    return scopes;
  }

  @Override
  public String toString() {
    return code;
  }
}
