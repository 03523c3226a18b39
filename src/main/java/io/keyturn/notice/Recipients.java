package io.keyturn.notice;

import io.keyturn.access.PersonId;
import io.keyturn.access.Scope;
import io.keyturn.user.PersonRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is told of something, and by which right. */
final class Recipients {
  private Recipients() {}

  /**
   * The people to tell, each with the scope without which they no longer see it: whoever manages
   * such objects, and whoever answers for this object. Whoever did it knows it already.
   *
   * @param people the active people of the organisation
   */
  static Map<PersonId, Scope> of(News news, List<PersonRow> people) {
    Map<PersonId, Scope> told = new HashMap<>();
    for (PersonRow person : people) {
      Scope scope = scope(news, person);
      if (scope != null && !person.id().value().equals(news.actor())) {
        told.put(person.id(), scope);
      }
    }
    return told;
  }

  private static @Nullable Scope scope(News news, PersonRow person) {
    Scope managing = news.kind().managing();
    if (managing != null && person.scopes().contains(managing)) {
      return managing;
    }
    Scope owning = news.kind().owning();
    return owning != null
            && person.id().value().equals(news.owner())
            && person.scopes().contains(owning)
        ? owning
        : null;
  }
}
