package io.keyturn.supplier.file;

import io.keyturn.audit.Actor;
import io.keyturn.http.MultipartBody;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.PagingParameters;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Receives the body of a request that sends a file of suppliers. */
@ApplicationScoped
public class ImportBody {
  @Inject private ImportReceiver receiver;
  @Inject private SupplierImports imports;

  /**
   * A file that was received, and is neither queued nor held.
   *
   * @param digest of its bytes: SHA-256 in hexadecimal
   * @param dryRun whether it is only to be said what would become of its rows
   */
  public record Received(UUID id, int rows, int pieces, String digest, boolean dryRun) {}

  /**
   * Receives a body. A file that is refused, or followed by what is refused, is forgotten.
   *
   * @param contentType the header of the request
   * @throws ProblemException 400 and 415 for another body; 409 where too many imports of the
   *     organisation are not finished; 422 naming the part at fault
   */
  public Received receive(
      OrganisationId organisationId,
      @Nullable String contentType,
      InputStream stream,
      Actor actor) {
    Parts parts = new Parts(organisationId, actor);
    boolean whole = false;
    try {
      MultipartBody.read(contentType, stream, parts::read);
      Received received = parts.received();
      whole = true;
      return received;
    } finally {
      if (!whole && parts.file != null) {
        imports.discard(organisationId, parts.file.id());
      }
    }
  }

  private final class Parts {
    private final OrganisationId organisationId;
    private final Actor actor;
    private final MessageDigest digest = sha256();
    private ImportReceiver.@Nullable Stored file;
    private boolean dryRun;

    Parts(OrganisationId organisationId, Actor actor) {
      this.organisationId = organisationId;
      this.actor = actor;
    }

    void read(MultipartBody.Part part) throws IOException {
      switch (part.name()) {
        case "file" -> {
          if (file != null) {
            throw ProblemException.invalid("file", "is given twice");
          }
          InputStream content = new DigestInputStream(part.content(), digest);
          file = receiver.receive(organisationId, part.fileName(), content, actor);
        }
        case "dry_run" -> dryRun = PagingParameters.flag("dry_run", part.text());
        default -> throw ProblemException.invalid(part.name(), "is not a part known here");
      }
    }

    Received received() {
      if (file == null) {
        throw ProblemException.invalid("file", "must be given");
      }
      ImportReceiver.Stored stored = Objects.requireNonNull(file);
      return new Received(
          stored.id(),
          stored.rows(),
          stored.pieces(),
          HexFormat.of().formatHex(digest.digest()),
          dryRun);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
