package io.keyturn.supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which action leads from which status to which. */
class SupplierTest {
  private static final Instant NOW = DemoDatabase.NOW;
  private static final RecordedActor SOMEBODY = new RecordedActor("person", null, "Ada");

  private static final Map<String, Consumer<Supplier>> ACTIONS =
      Map.of(
          "submit", s -> s.submit(NOW.plusSeconds(1)),
          "approve", s -> s.decide(SupplierStatus.ACTIVE, null, SOMEBODY, NOW.plusSeconds(2)),
          "reject", s -> s.decide(SupplierStatus.REJECTED, "no", SOMEBODY, NOW.plusSeconds(2)),
          "archive", s -> s.archive(NOW.plusSeconds(3)),
          "unarchive", s -> s.unarchive(NOW.plusSeconds(4)),
          "write", s -> s.write(SupplierCheckTest.named("y").numbered("1"), NOW.plusSeconds(5)));

  private static void act(String action, Supplier supplier) {
    Objects.requireNonNull(ACTIONS.get(action)).accept(supplier);
  }

  private static Supplier after(String actions) {
    Supplier supplier =
        new Supplier(
            UUID.randomUUID(),
            new OrganisationId(new UUID(1, 2)),
            SupplierCheckTest.named("x").numbered("1"),
            SOMEBODY,
            NOW);
    for (String action : actions.split(" ")) {
      if (!action.isEmpty()) {
        act(action, supplier);
      }
    }
    return supplier;
  }

  @ParameterizedTest
  @CsvSource({
    "'', UNAPPROVED",
    "submit, UNAPPROVED",
    "submit submit, UNAPPROVED",
    "submit approve, ACTIVE",
    "approve, ACTIVE",
    "submit reject, REJECTED",
    "submit reject submit, UNAPPROVED",
    "submit reject submit approve, ACTIVE",
    "archive, ARCHIVED",
    "archive unarchive, UNAPPROVED",
    "approve archive unarchive, ACTIVE",
    "reject archive unarchive, REJECTED",
    "approve write, ACTIVE"
  })
  void actionsLeadToAStatus(String actions, SupplierStatus status) {
    assertThat(after(actions).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "approve, submit, active",
    "approve, approve, active",
    "approve, reject, active",
    "reject, approve, rejected",
    "reject, reject, rejected",
    "archive, submit, archived",
    "archive, approve, archived",
    "archive, archive, archived",
    "archive, write, archived",
    "'', unarchive, unapproved",
    "approve, unarchive, active"
  })
  void otherActionsAreRefusedNamingTheStatus(String before, String action, String status) {
    Supplier supplier = after(before);
    SupplierStatus was = supplier.status();

    assertThatThrownBy(() -> act(action, supplier))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.type()).isEqualTo(ProblemType.CONFLICT);
              assertThat(e.detail()).contains("is " + status);
              assertThat(e.members())
                  .containsEntry("supplier_status", status)
                  .containsEntry("id", supplier.id().toString());
            });
    assertThat(supplier.status()).isEqualTo(was);
  }

  @ParameterizedTest
  @CsvSource({"submit reject, no", "submit approve,"})
  void decisionIsKeptUntilTheNextRequest(String actions, String reason) {
    Supplier decided = after(actions);

    assertThat(decided.record().approval())
        .isEqualTo(new Approval(NOW.plusSeconds(1), NOW.plusSeconds(2), SOMEBODY, reason));
    assertThat(after("submit reject submit").record().approval())
        .isEqualTo(new Approval(NOW.plusSeconds(1), null, null, null));
  }
}
