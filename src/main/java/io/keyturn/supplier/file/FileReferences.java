package io.keyturn.supplier.file;

import io.keyturn.access.LocationLimit;
import io.keyturn.problem.ProblemException;
import io.keyturn.supplier.CustomField;
import io.keyturn.supplier.CustomFieldView;
import io.keyturn.supplier.Reference;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the cells of a file name: units by their names or ids, and custom fields.
 *
 * @param limit the locations that whoever has sent the file may name
 * @param location the id of a location by its name in any case or its id; null for an unknown name
 * @param department the same of a department
 * @param person whether the organisation has a user with this id
 * @param customFields the types of the organisation's custom fields by their names
 */
record FileReferences(
    LocationLimit limit,
    Function<String, @Nullable UUID> location,
    Function<String, @Nullable UUID> department,
    Predicate<UUID> person,
    Map<String, CustomField.Type> customFields) {

  /** The types of custom fields by their names. */
  static Map<String, CustomField.Type> types(List<CustomFieldView> fields) {
    return fields.stream()
        .collect(
            Collectors.toMap(
                CustomFieldView::name,
                field -> CustomField.Type.valueOf(field.type().toUpperCase(Locale.ROOT))));
  }

  /**
   * The locations of a cell. What the supplier has may be named also outside the limit, since an
   * export names it.
   */
  List<Reference> locations(String cell, List<Reference> before) {
    return units(
        "locations",
        cell,
        name -> {
          UUID id = location.apply(name);
          boolean mayBeNamed =
              id != null && (limit.admits(List.of(id)) || before.contains(new Reference(id, null)));
          return mayBeNamed ? id : null;
        });
  }

  List<Reference> departments(String cell) {
    return units("departments", cell, department);
  }

  private static List<Reference> units(
      String column, String cell, Function<String, @Nullable UUID> named) {
    return CellLists.lines(cell).stream()
        .map(
            line -> {
              UUID id = named.apply(line);
              if (id == null) {
                throw ProblemException.invalid(
                    column, "does not know the name " + line + "; write one name in each line");
              }
              return new Reference(id, null);
            })
        .toList();
  }

  /** The owners whom the organisation still has, and an export names. */
  List<Reference> present(List<Reference> owners) {
    return owners.stream()
        .filter(owner -> person.test(Objects.requireNonNull(owner.id())))
        .toList();
  }

  CustomField.Type type(String name) {
    return Objects.requireNonNull(customFields.get(name));
  }
}
