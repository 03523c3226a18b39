package io.keyturn.supplier.file;

import io.keyturn.access.PersonId;
import io.keyturn.access.Reach;
import io.keyturn.csv.CsvFile;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import io.keyturn.supplier.CustomFields;
import io.keyturn.supplier.SupplierBatch;
import io.keyturn.supplier.UnitKind;
import io.keyturn.supplier.Units;
import io.keyturn.user.Users;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the rows of a file wish of the suppliers. */
@ApplicationScoped
class RowWishes {
  @Inject private CustomFields customFields;
  @Inject private Units units;
  @Inject private Users users;

  /**
   * A wish for each row, in their order.
   *
   * @param names the header of the file
   * @param reach of whoever has sent the file
   */
  List<SupplierBatch.Wish> of(List<String> names, Reach reach, List<CsvFile.Row> rows) {
    Reach all = Reach.all(reach.organisationId());
    FileReferences references =
        new FileReferences(
            reach.locations(),
            remembered(name -> units.named(all, UnitKind.LOCATION, name)),
            remembered(name -> units.named(all, UnitKind.DEPARTMENT, name)),
            people(reach.organisationId()),
            FileReferences.types(customFields.list(reach.organisationId())));
    ImportHeader header = ImportHeader.of(names, references.customFields());
    return rows.stream().map(row -> wish(header, row, references)).toList();
  }

  private Predicate<UUID> people(OrganisationId organisationId) {
    Map<UUID, Boolean> known = new HashMap<>();
    return id ->
        known.computeIfAbsent(
            id,
            person ->
                users
                    .byId(new PersonId(person))
                    .filter(user -> user.organisationId().equals(organisationId))
                    .isPresent());
  }

  private static SupplierBatch.Wish wish(
      ImportHeader header, CsvFile.Row row, FileReferences references) {
    try {
      SupplierRow read = header.row(row, references);
      boolean named = read.externalId() != null || read.number() != null;
      return new SupplierBatch.Wish(
          read.externalId(), read.number(), named ? null : header.digest(row), read::onto);
    } catch (ProblemException e) {
      return new SupplierBatch.Wish(
          null,
          null,
          null,
          before -> {
            throw e;
          });
    }
  }

  private static Function<String, @Nullable UUID> remembered(
      Function<String, @Nullable UUID> find) {
    Map<String, @Nullable UUID> known = new HashMap<>();
    return name -> {
      if (!known.containsKey(name)) {
        known.put(name, find.apply(name));
      }
      return known.get(name);
    };
  }

  /** Why a row was rejected, in the words of the file. */
  static String reason(ProblemException problem) {
    return problem.errors().isEmpty()
        ? problem.detail()
        : problem.errors().stream().map(RowWishes::reason).collect(Collectors.joining("; "));
  }

  private static String reason(FieldError error) {
    return SupplierColumn.ofField(error.field()) + " " + error.message();
  }
}
