package io.keyturn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.keyturn.apikey.ApiKeyFilter;
import io.keyturn.apikey.ApiKeyRow;
import io.keyturn.apikey.ApiKeys;
import io.keyturn.apikey.Grantor;
import io.keyturn.apikey.IssuedSecret;
import io.keyturn.apikey.NewApiKey;
import io.keyturn.apikey.Refreshes;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditChain;
import io.keyturn.audit.ChainReport;
import io.keyturn.keyring.Keyring;
import io.keyturn.network.Networks;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.organisation.Organisations;
import io.keyturn.paging.Search;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.renewal.Renewals;
import io.keyturn.renewal.SecretRenewal;
import io.keyturn.support.TestWar;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The services that pages, API and timer share, called within the server. */
@ExtendWith(ArquillianExtension.class)
public class ServicesArquillianIT {
  private static final Actor TESTER = new Actor(Actor.Type.SYSTEM, null, "tester", null);
  private static final Grantor ANYBODY = Grantor.anybody();

  @Inject private ApiKeys keys;
  @Inject private Refreshes refreshes;
  @Inject private SecretRenewal lasting;
  @Inject private Renewals renewals;
  @Inject private AuditChain chain;
  @Inject private Keyring keyring;
  @Inject private Organisations organisations;

  @Resource(lookup = "java:comp/UserTransaction")
  private UserTransaction transaction;

  @Resource(lookup = "jdbc/keyturn")
  private DataSource dataSource;

  private OrganisationId organisation = new OrganisationId(new UUID(0, 0));

  @Deployment
  public static WebArchive war() {
    return ShrinkWrap.createFromZipFile(WebArchive.class, TestWar.controlled().toFile())
        .addAsWebInfResource(
            new StringAsset(
                """
                <web-ext xmlns="http://websphere.ibm.com/xml/ns/javaee" version="1.1">
                  <context-root uri="/"/>
                </web-ext>
                """),
            "ibm-web-ext.xml");
  }

  @BeforeEach
  void findOrganisation() {
    organisation = organisations.byDomain("demo").orElseThrow().id();
  }

  private IssuedSecret create() {
    return keys.create(organisation, NewApiKey.named("key " + UUID.randomUUID()), TESTER);
  }

  private boolean isListed(IssuedSecret issued) {
    return keys.slice(organisation, ApiKeyFilter.of(Search.ALL), 0, 1000).rows().stream()
        .map(ApiKeyRow::id)
        .anyMatch(issued.keyId()::equals);
  }

  @Test
  void keyIsCreatedRefreshedRevealedAndRevoked() {
    IssuedSecret first = create();
    IssuedSecret second =
        refreshes.refresh(organisation, first.keyId(), 1, Duration.ZERO, ANYBODY, TESTER);

    assertEquals(2, second.number());
    assertNotEquals(first.secret(), second.secret());
    assertEquals(
        second.secret(), keys.reveal(organisation, first.keyId(), ANYBODY, TESTER).secret());
    assertTrue(isListed(first));

    keys.revoke(organisation, first.keyId(), null, TESTER);

    assertFalse(isListed(first));
    ProblemException refused =
        assertThrows(
            ProblemException.class,
            () -> keys.reveal(organisation, first.keyId(), ANYBODY, TESTER));
    assertEquals(ProblemType.CONFLICT, refused.type());
  }

  @Test
  void renewalCredentialThatLeakedSinceItWasLookedUpGetsNoSecret() throws Exception {
    IssuedSecret key = create();
    renewals.switchOn(organisation, key.keyId(), Networks.ALL, ANYBODY, TESTER);
    UUID renewal = renewalCredential(key);
    assertEquals(key.secret(), lasting.renew(organisation, key.keyId(), renewal, TESTER).secret());

    refreshes.leaked(organisation, key.keyId(), "in a log", ANYBODY, TESTER);

    ProblemException refused =
        assertThrows(
            ProblemException.class,
            () -> lasting.renew(organisation, key.keyId(), renewal, TESTER));
    assertEquals(ProblemType.NOT_FOUND, refused.type());
  }

  @Test
  void renewalCredentialThatWasReplacedSinceItWasLookedUpGetsNoSecret() throws Exception {
    IssuedSecret key = create();
    renewals.switchOn(organisation, key.keyId(), Networks.ALL, ANYBODY, TESTER);
    UUID before = renewalCredential(key);
    renewals.replace(organisation, key.keyId(), ANYBODY, TESTER);

    assertThrows(
        ProblemException.class, () -> lasting.renew(organisation, key.keyId(), before, TESTER));
    assertEquals(
        key.secret(),
        lasting.renew(organisation, key.keyId(), renewalCredential(key), TESTER).secret());
  }

  @Test
  void keyThatWasTamperedWithIsStoppedWithTheOthersAndThatIsInTheAuditLog() throws Exception {
    IssuedSecret key = create();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement widen =
            connection.prepareStatement(
                "UPDATE api_key SET scopes = 'api-keys:manage' WHERE id = ?")) {
      widen.setObject(1, key.keyId().value());
      widen.executeUpdate();
    }

    assertEquals(0, refreshes.leaked(organisation, List.of(key.keyId()), "in a log", TESTER));

    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT action FROM audit_event WHERE subject_id = ? ORDER BY sequence")) {
      select.setObject(1, key.keyId().value());
      List<String> actions = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          actions.add(row.getString(1));
        }
      }
      assertEquals(List.of("API_KEY_CREATED", "API_KEY_LEAKED"), actions);
    }
  }

  private UUID renewalCredential(IssuedSecret key) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT id FROM renewal_credential WHERE active_api_key_id = ?")) {
      select.setObject(1, key.keyId().value());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getObject(1, UUID.class);
      }
    }
  }

  @Test
  void auditChainGrowsByOneLinkForEachStepAndIsWhole() {
    long before = chain.verify(organisation, null).events();
    IssuedSecret key = create();
    refreshes.refresh(organisation, key.keyId(), 1, Duration.ofHours(1), ANYBODY, TESTER);
    refreshes.refresh(organisation, key.keyId(), 1, Duration.ofHours(1), ANYBODY, TESTER);
    keys.reveal(organisation, key.keyId(), ANYBODY, TESTER);
    keys.revoke(organisation, key.keyId(), null, TESTER);
    keys.revoke(organisation, key.keyId(), null, TESTER);

    ChainReport report = chain.verify(organisation, null);

    assertTrue(report.intact());
    assertEquals(before + 5, report.events(), "a retry is told; a second revocation does nothing");
  }

  @Test
  void whatIsRolledBackWasNeverThere() throws Exception {
    long before = chain.verify(organisation, null).events();
    transaction.begin();
    IssuedSecret key = create();
    transaction.rollback();

    assertThrows(
        ProblemException.class, () -> keys.reveal(organisation, key.keyId(), ANYBODY, TESTER));
    assertEquals(before, chain.verify(organisation, null).events());
    assertTrue(chain.verify(organisation, null).intact());
  }

  @Test
  void keyringThatIsOpenedAgainHoldsTheSameKeys() {
    IssuedSecret key = create();
    UUID before = keyring.lookupKey().id();
    byte[] digest = keyring.lookupKey().digest().of(key.secret().bytes());

    keyring.open();

    assertEquals(before, keyring.lookupKey().id());
    org.junit.jupiter.api.Assertions.assertArrayEquals(
        digest, keyring.lookupKey().digest().of(key.secret().bytes()));
    assertEquals(key.secret(), keys.reveal(organisation, key.keyId(), ANYBODY, TESTER).secret());
  }
}
