package io.keyturn.audit;

import io.keyturn.audit.ChainReport.Link;
import io.keyturn.keyring.Keyring;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Verifies chains. Without the audit key nobody can change, delete, move or insert an event, cut
 * events off the end or start a new chain unnoticed. An attacker who puts the events and the head
 * of an earlier day back together, as a restored backup does, is found only by a noted link.
 */
@ApplicationScoped
public class AuditChain {
  private static final int PAGE = 1000;

  @Inject private AuditLog log;
  @Inject private Keyring keyring;

  private final Set<OrganisationId> running = ConcurrentHashMap.newKeySet();

  /**
   * Verifies an organisation's chain to its end or its first broken link.
   *
   * @param noted a link that must be in the chain, if one was noted before
   * @throws ProblemException 409 while this node verifies the chain already
   */
  public ChainReport verify(OrganisationId organisationId, @Nullable Link noted) {
    if (!running.add(organisationId)) {
      throw new ProblemException(
          ProblemType.REQUEST_IN_PROGRESS, "The audit log is being verified already.");
    }
    try {
      boolean platform = organisationId.equals(Organisation.PLATFORM);
      AuditAction first = platform ? ChainWalk.FIRST_OF_PLATFORM : ChainWalk.FIRST_ACTION;
      return new ChainWalk(first, keyring.auditKey(), noted)
          .walk(from -> log.eventsFrom(organisationId, from, PAGE), () -> log.head(organisationId));
    } finally {
      running.remove(organisationId);
    }
  }
}
