package io.keyturn.operator;

import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.organisation.Organisations;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Exports all data of an organisation as one JSON document, without secrets. It leaves out all
 * binary columns (digests, sealed secrets, wrapped keys and MACs), and the columns named here.
 */
@ApplicationScoped
public class OrganisationExport {
  private static final String BINARY = byte[].class.getName();
  private static final Set<String> WITHHELD = Set.of("password_hash", "session_stamp");
  private static final int FETCH = 500;

  /** The detail of the audit event that proves an export. */
  static final String PROOF = "sha256_of_sha256";

  @Inject private Organisations organisations;
  @Inject private AuditLog audit;
  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  /**
   * An export in a file that only its owner can read. The caller deletes the file.
   *
   * @param name a name for storing the file
   */
  public record Exported(Path file, String name) {}

  /**
   * Writes an organisation into a file. The audit logs, which others can read, get only the {@link
   * #proof} of the file's SHA-256. So only a person who has received the whole document knows the
   * digest, and can delete the organisation.
   *
   * @throws ProblemException 404
   */
  @Transactional
  public Exported export(OrganisationId id, Actor operator) {
    Organisation organisation =
        organisations
            .byId(id)
            .filter(o -> !o.id().equals(Organisation.PLATFORM))
            .orElseThrow(PlatformOrganisations::absent);
    try {
      Path file = Files.createTempFile("keyturn-export-", ".json");
      boolean whole = false;
      try {
        String digest = write(organisation, file);
        Map<String, String> details = Map.of(PROOF, proof(digest));
        for (OrganisationId log : List.of(id, Organisation.PLATFORM)) {
          audit.append(
              log,
              operator,
              AuditAction.ORGANISATION_EXPORTED,
              PlatformOrganisations.subject(organisation),
              details);
        }
        whole = true;
      } finally {
        if (!whole) {
          Files.delete(file);
        }
      }
      return new Exported(file, "keyturn-" + organisation.domain() + ".json");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String write(Organisation organisation, Path file) throws IOException {
    MessageDigest digest = sha256();
    try (OutputStream out =
            new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), digest);
        JsonGenerator json = Json.createGenerator(out)) {
      json.writeStartObject()
          .write("format", "keyturn-organisation/1")
          .write("exported_at", clock.instant().toString());
      entities.runWithConnection(
          (Connection connection) -> {
            rows(connection, "organisation", "id", organisation.id(), json);
            for (String table : OrganisationTables.read(connection).names()) {
              rows(connection, table, "organisation_id", organisation.id(), json);
            }
          });
      json.writeEnd();
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Writes one member: the table's name with an array of its rows. */
  private static void rows(
      Connection connection, String table, String owner, OrganisationId id, JsonGenerator json)
      throws SQLException {
    json.writeStartArray(table.toLowerCase(Locale.ROOT));
    String order = OrganisationTables.primaryKey(connection, table);
    String sql =
        "SELECT * FROM "
            + table
            + " WHERE "
            + owner
            + " = ?"
            + (order.isEmpty() ? "" : " ORDER BY " + order);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setFetchSize(FETCH);
      select.setObject(1, id.value());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          json.writeStartObject();
          columns(row, json);
          json.writeEnd();
        }
      }
    }
    json.writeEnd();
  }

  private static void columns(ResultSet row, JsonGenerator json) throws SQLException {
    ResultSetMetaData columns = row.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String name = columns.getColumnLabel(i).toLowerCase(Locale.ROOT);
      if (!BINARY.equals(columns.getColumnClassName(i)) && !WITHHELD.contains(name)) {
        boolean time =
            columns.getColumnType(i) == Types.TIMESTAMP_WITH_TIMEZONE
                || columns.getColumnType(i) == Types.TIMESTAMP;
        write(name, time ? row.getObject(i, OffsetDateTime.class) : row.getObject(i), json);
      }
    }
  }

  private static void write(String name, @Nullable Object value, JsonGenerator json) {
    if (value == null) {
      json.writeNull(name);
    } else if (value instanceof Boolean b) {
      json.write(name, b);
    } else if (value instanceof Number n) {
      json.write(name, new BigDecimal(n.toString()));
    } else if (value instanceof OffsetDateTime time) {
      json.write(name, time.toInstant().toString());
    } else {
      json.write(name, value.toString());
    }
  }

  /** Proves a digest without revealing it: the SHA-256 of the digest, in hexadecimal digits. */
  static String proof(String digest) {
    return HexFormat.of().formatHex(sha256().digest(digest.getBytes(StandardCharsets.US_ASCII)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
