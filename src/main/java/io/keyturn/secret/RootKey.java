package io.keyturn.secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The root key, which wraps all other keys and lies outside the database. Its text file has lines
 * {@code <id> <32 bytes in base64>}. The first line is the current key. A second line is the
 * previous key, which still unwraps the keys that it wrapped.
 */
public final class RootKey {
  private static final int LENGTH = 32;
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final String currentId;
  private final Map<String, Seal> wrapping;

  private RootKey(String currentId, Map<String, Seal> wrapping) {
    this.currentId = currentId;
    this.wrapping = wrapping;
  }

  /**
   * Reads the file.
   *
   * @throws IOException with a message for the operator when it is absent, open to others or
   *     malformed
   */
  public static RootKey read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no file " + file);
    }
    if (posix(file) && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
      throw new IOException("others can read or write " + file + "; make its mode 0600 or 0400");
    }
    Map<String, Seal> keys = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
      String[] parts = line.strip().split("\\s+", 2);
      if (line.isBlank()) {
        continue;
      }
      byte[] key = parts.length == 2 ? decode(parts[1]) : new byte[0];
      if (key.length != LENGTH || !parts[0].matches("[a-z0-9-]{1,32}") || keys.size() == 2) {
        throw new IOException(file + " must hold one or two lines of an id and 32 bytes in base64");
      }
      keys.put(parts[0], new Seal(Hmac.derive(key, "keyturn/v1/kek")));
    }
    if (keys.isEmpty()) {
      throw new IOException(file + " is empty");
    }
    return new RootKey(keys.keySet().iterator().next(), keys);
  }

  /** Creates a file with a new random key. Only the file's owner can read it. */
  public static void create(Path file) throws IOException {
    byte[] key = new byte[LENGTH];
    new SecureRandom().nextBytes(key);
    byte[] id = new byte[4];
    new SecureRandom().nextBytes(id);
    String name = "r-" + HexFormat.of().formatHex(id);
    String line = name + " " + Base64.getEncoder().encodeToString(key) + "\n";
    if (posix(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, line, StandardOpenOption.WRITE);
    } else {
      Files.writeString(file, line, StandardOpenOption.CREATE_NEW);
    }
  }

  private static boolean posix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static byte[] decode(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /** The id of the current key, which wraps new keys. */
  public String currentId() {
    return currentId;
  }

  /** Wraps another key, bound to its place. */
  public byte[] wrap(byte[] key, byte[]... place) {
    Seal seal = wrapping.get(currentId);
    if (seal == null) {
      throw new IllegalStateException();
    }
    return seal.close(key, place);
  }

  /**
   * Unwraps a key.
   *
   * @throws Seal.BrokenSeal when the root key of that id is missing or is a different key
   */
  public byte[] unwrap(String rootId, byte[] wrapped, byte[]... place) {
    Seal seal = wrapping.get(rootId);
    if (seal == null) {
      throw new Seal.BrokenSeal();
    }
    return seal.open(wrapped, place);
  }

  @Override
  public String toString() {
    return "RootKey[" + currentId + "]";
  }
}
