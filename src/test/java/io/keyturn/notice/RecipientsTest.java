package io.keyturn.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.access.PersonId;
import io.keyturn.access.Scope;
import io.keyturn.user.PersonRow;
import io.keyturn.user.User;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecipientsTest {
  private static final PersonRow MANAGER = person(Scope.API_KEYS_READ, Scope.API_KEYS_MANAGE);
  private static final PersonRow READER = person(Scope.API_KEYS_READ, Scope.USERS_READ);
  private static final PersonRow STRANGER = person(Scope.SUPPLIERS_READ);
  private static final List<PersonRow> ALL = List.of(MANAGER, READER, STRANGER);

  private static PersonRow person(Scope... scopes) {
    PersonId id = PersonId.random();
    return new PersonRow(
        id,
        id + "@example.com",
        "name",
        UUID.randomUUID(),
        "role",
        Set.of(scopes),
        User.Standing.ACTIVE,
        false,
        null);
  }

  private static Map<PersonId, Scope> told(
      NoticeKind kind, @Nullable PersonRow owner, @Nullable PersonRow actor) {
    return Recipients.of(
        new News(
            kind,
            "cause",
            Instant.EPOCH,
            null,
            "ERP",
            owner == null ? null : owner.id().value(),
            actor == null ? null : actor.id().value(),
            Map.of()),
        ALL);
  }

  @Test
  void whoeverManagesIsToldAsLongAsTheyManage() {
    assertThat(told(NoticeKind.KEY_EXPIRING, null, null))
        .isEqualTo(Map.of(MANAGER.id(), Scope.API_KEYS_MANAGE));
  }

  @Test
  void ownerIsToldWhoMaySeeKeys() {
    assertThat(told(NoticeKind.KEY_EXPIRING, READER, null))
        .isEqualTo(Map.of(MANAGER.id(), Scope.API_KEYS_MANAGE, READER.id(), Scope.API_KEYS_READ));
  }

  @Test
  void ownerIsNotToldWhoMayNoLongerSeeKeys() {
    assertThat(told(NoticeKind.KEY_EXPIRING, STRANGER, null)).containsOnlyKeys(MANAGER.id());
  }

  @Test
  void onlyTheInvitingPersonIsToldOfAnInvitation() {
    assertThat(told(NoticeKind.INVITATION_ACCEPTED, READER, null))
        .isEqualTo(Map.of(READER.id(), Scope.USERS_READ));
    assertThat(told(NoticeKind.INVITATION_ACCEPTED, STRANGER, null)).isEmpty();
    assertThat(told(NoticeKind.INVITATION_ACCEPTED, null, null)).isEmpty();
  }

  @Test
  void whoeverDidItIsNotTold() {
    assertThat(told(NoticeKind.KEY_EXPIRING, READER, MANAGER)).containsOnlyKeys(READER.id());
    assertThat(told(NoticeKind.KEY_EXPIRING, READER, READER)).containsOnlyKeys(MANAGER.id());
  }
}
