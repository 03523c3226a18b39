package io.keyturn.console.settings;

import io.keyturn.access.Scope;
import io.keyturn.event.EventType;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The types of events that a person chooses for a webhook, by checkboxes. */
public final class EventChoices implements Serializable {
  private static final long serialVersionUID = 1L;

  private Map<String, Boolean> checked = new HashMap<>();

  /** Chooses these types and no others. */
  void choose(Collection<String> codes) {
    checked = new HashMap<>();
    codes.forEach(code -> checked.put(code, true));
  }

  /** The codes of the chosen types, in the order of all types. */
  List<String> codes() {
    return Arrays.stream(EventType.values())
        .map(EventType::code)
        .filter(code -> Boolean.TRUE.equals(checked.get(code)))
        .toList();
  }

  /** Which types are chosen, by code. */
  public Map<String, Boolean> getChecked() {
    return checked;
  }

  /** All types, by the heading of what they are about. */
  public List<Map.Entry<String, List<EventType>>> getModules() {
    Map<String, List<EventType>> modules =
        Arrays.stream(EventType.values())
            .collect(
                Collectors.groupingBy(
                    EventChoices::heading, LinkedHashMap::new, Collectors.toList()));
    return List.copyOf(modules.entrySet());
  }

  /** People, roles and the organisation are read by who reads the audit log. */
  private static String heading(EventType type) {
    Scope scope =
        switch (type.code().substring(0, type.code().indexOf('.'))) {
          case "user" -> Scope.USERS_READ;
          case "role" -> Scope.ROLES_MANAGE;
          case "organisation" -> Scope.ORGANISATION_MANAGE;
          default -> type.scope();
        };
    return scope.module();
  }
}
