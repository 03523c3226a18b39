package io.keyturn.supplier;

import io.keyturn.access.Reach;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.audit.Subject;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The members that an organisation has added to its suppliers. */
@ApplicationScoped
@Transactional
public class CustomFields {
  private static final int MOST = 50;
  private static final int MOST_CHOICES = 100;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,49}");

  @Inject private AuditLog audit;
  @Inject private SupplierRegisters registers;
  @PersistenceContext private EntityManager entities;

  Map<String, CustomField> byName(OrganisationId organisationId) {
    Map<String, CustomField> byName = new TreeMap<>();
    entities
        .createQuery(
            "select f from CustomField f where f.organisationId = :organisation", CustomField.class)
        .setParameter("organisation", organisationId)
        .getResultList()
        .forEach(field -> byName.put(field.name(), field));
    return byName;
  }

  /** All custom fields, by name. */
  public List<CustomFieldView> list(OrganisationId organisationId) {
    return byName(organisationId).values().stream().map(CustomFieldView::of).toList();
  }

  /**
   * Adds a custom field.
   *
   * @param label what people call it; null for its name
   * @throws ProblemException 403 for a key that is limited to locations; 409 for a name that is
   *     taken, or the field after the fiftieth; 422 naming each member at fault
   */
  public CustomFieldView create(
      Reach reach,
      @Nullable String name,
      @Nullable String label,
      @Nullable String type,
      List<String> choices,
      Actor actor) {
    SupplierReach.refuseShared(reach);
    OrganisationId organisationId = reach.organisationId();
    CustomField field = checked(organisationId, name, label, type, choices);
    registers.lock(organisationId);
    Map<String, CustomField> known = byName(organisationId);
    CustomField same = known.get(field.name());
    if (same != null) {
      throw ProblemException.taken(
              "name", "The custom field " + same.id() + " has the same name already.")
          .member("id", same.id().toString());
    }
    if (known.size() >= MOST) {
      throw new ProblemException(
          ProblemType.CONFLICT, "An organisation can have " + MOST + " custom fields.");
    }
    entities.persist(field);
    audit.append(
        organisationId,
        actor,
        AuditAction.CUSTOM_FIELD_CREATED,
        new Subject("custom_field", field.id(), field.name()),
        Map.of("type", field.type().code()));
    return CustomFieldView.of(field);
  }

  private static CustomField checked(
      OrganisationId organisationId,
      @Nullable String name,
      @Nullable String label,
      @Nullable String type,
      List<String> choices) {
    TextChecks checks = new TextChecks();
    String key = checks.required("name", name, 50);
    if (!key.isEmpty() && !NAME.matcher(key).matches()) {
      checks.wrong("name", "must begin with a-z and go on with a-z, 0-9 and _");
    }
    String shown = checks.line("label", label, 200);
    CustomField.Type kind =
        Arrays.stream(CustomField.Type.values())
            .filter(t -> t.code().equals(type))
            .findFirst()
            .orElse(CustomField.Type.TEXT);
    if (!kind.code().equals(type)) {
      checks.wrong("type", "must be text, number, boolean, date or choice");
    }
    checks.size("choices", choices, MOST_CHOICES);
    if (choices.isEmpty() == (kind == CustomField.Type.CHOICE)) {
      checks.wrong("choices", "must be given with the type choice, and with no other");
    }
    Set<String> values = new LinkedHashSet<>();
    for (int i = 0; i < choices.size(); i++) {
      values.add(checks.required("choices[" + i + "]", choices.get(i), 90));
    }
    checks.done();
    return new CustomField(
        organisationId, key, shown == null ? key : shown, kind, List.copyOf(values));
  }
}
