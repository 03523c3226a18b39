package io.keyturn.database;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.spi.TransactionCompletionCallbacks.AfterCompletionCallback;
import org.hibernate.engine.spi.TransactionCompletionCallbacks.BeforeCompletionCallback;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PostDeleteEvent;
import org.hibernate.event.spi.PostDeleteEventListener;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.event.spi.PostUpdateEventListener;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.persister.entity.EntityPersister;

/**
 * Announces the changed and deleted {@link Announced} entities of each transaction: on PostgreSQL
 * by {@code NOTIFY} in the transaction itself, and on this node after the commit. A new row needs
 * no announcement, because no node remembers it.
 */
public class ChangeAnnouncer
    implements Integrator, PostUpdateEventListener, PostDeleteEventListener {
  private static final long serialVersionUID = 1L;

  /** The channel of {@code NOTIFY}. */
  static final String CHANNEL = "keyturn_changes";

  /** PostgreSQL's payload has at most 7 999 bytes; an id and its separator have 37. */
  private static final int AT_ONCE = 200;

  private static final List<Consumer<Collection<UUID>>> ON_THIS_NODE = new CopyOnWriteArrayList<>();

  private static final Map<SharedSessionContractImplementor, Pending> PENDING =
      new ConcurrentHashMap<>();

  /** Calls this consumer after each commit that changed announced entities, before its caller. */
  static void afterCommit(Consumer<Collection<UUID>> consumer) {
    ON_THIS_NODE.add(consumer);
  }

  static void forget(Consumer<Collection<UUID>> consumer) {
    ON_THIS_NODE.remove(consumer);
  }

  @Override
  public void integrate(
      Metadata metadata, BootstrapContext context, SessionFactoryImplementor sessionFactory) {
    var listeners = sessionFactory.getEventEngine().getListenerRegistry();
    listeners.appendListeners(EventType.POST_UPDATE, this);
    listeners.appendListeners(EventType.POST_DELETE, this);
  }

  @Override
  public void onPostUpdate(PostUpdateEvent event) {
    changed(event.getSession(), event.getEntity());
  }

  @Override
  public void onPostDelete(PostDeleteEvent event) {
    changed(event.getSession(), event.getEntity());
  }

  @Override
  public boolean requiresPostCommitHandling(EntityPersister persister) {
    return false;
  }

  private static void changed(SharedSessionContractImplementor session, Object entity) {
    if (entity instanceof Announced announced) {
      PENDING.computeIfAbsent(session, Pending::new).ids.add(announced.announcedAs());
    }
  }

  /** Announces entities whose rows the current transaction changes past Hibernate. */
  public static void changed(EntityManager entities, Collection<? extends Announced> changed) {
    SharedSessionContractImplementor session =
        entities.unwrap(SharedSessionContractImplementor.class);
    changed.forEach(entity -> changed(session, entity));
  }

  /** The changes of a running transaction. */
  private static final class Pending implements BeforeCompletionCallback, AfterCompletionCallback {
    private final Set<UUID> ids = new LinkedHashSet<>();

    Pending(SharedSessionContractImplementor session) {
      session.getTransactionCompletionCallbacks().registerCallback((BeforeCompletionCallback) this);
      session.getTransactionCompletionCallbacks().registerCallback((AfterCompletionCallback) this);
    }

    @Override
    public void doBeforeTransactionCompletion(SharedSessionContractImplementor session) {
      if (session.getFactory().getJdbcServices().getDialect() instanceof PostgreSQLDialect) {
        session.doWork(this::tellOthers);
      }
    }

    private void tellOthers(Connection connection) throws SQLException {
      String[] payloads =
          Chunks.of(List.copyOf(ids), AT_ONCE).stream()
              .map(some -> some.stream().map(UUID::toString).collect(Collectors.joining(" ")))
              .toArray(String[]::new);
      try (PreparedStatement notify =
          connection.prepareStatement(
              "SELECT pg_notify(?, payload) FROM UNNEST(?) AS announced (payload)")) {
        notify.setString(1, CHANNEL);
        notify.setArray(2, connection.createArrayOf("text", payloads));
        notify.execute();
      }
    }

    @Override
    public void doAfterTransactionCompletion(
        boolean success, SharedSessionContractImplementor session) {
      PENDING.remove(session);
      if (success) {
        ON_THIS_NODE.forEach(consumer -> consumer.accept(ids));
      }
    }
  }
}
