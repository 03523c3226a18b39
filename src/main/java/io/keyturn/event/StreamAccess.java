package io.keyturn.event;

import io.keyturn.access.Caller;
import io.keyturn.access.Reach;
import io.keyturn.access.Scope;
import io.keyturn.apikey.ApiKeyRow;
import io.keyturn.apikey.ApiKeyStatus;
import io.keyturn.apikey.ApiKeys;
import io.keyturn.apikey.Credential;
import io.keyturn.apikey.Credentials;
import io.keyturn.organisation.Organisations;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.NoResultException;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What a client may follow now that was verified some time ago. */
@ApplicationScoped
@Transactional
class StreamAccess {
  @Inject private ApiKeys keys;
  @Inject private Credentials credentials;
  @Inject private Organisations organisations;
  @Inject private Clock clock;

  /**
   * What it is told of.
   *
   * @param until when its secret stops working
   */
  record Told(Set<EventType> types, Reach reach, Instant until) {}

  /**
   * What the key may follow with this secret from this address.
   *
   * @return nothing when the key, its secret, its scope or its organisation has ended meanwhile
   */
  Optional<Told> of(Caller caller, String address) {
    try {
      Credential credential =
          credentials.of(caller.organisationId(), caller.keyId(), caller.secretNumber());
      ApiKeyRow key = keys.get(caller.organisationId(), caller.keyId());
      boolean open =
          key.status() == ApiKeyStatus.ACTIVE
              && key.scopes().contains(Scope.EVENTS_READ)
              && key.restrictions().networks().admits(address)
              && organisations
                  .byId(caller.organisationId())
                  .filter(organisation -> !organisation.suspended())
                  .isPresent()
              && credential.accepted(clock.instant());
      return open
          ? Optional.of(
              new Told(
                  EventType.within(key.locations().reading(key.scopes())),
                  new Reach(caller.organisationId(), key.locations()),
                  credential.acceptedUntil()))
          : Optional.empty();
    } catch (ProblemException | NoResultException e) {
      return Optional.empty();
    }
  }
}
