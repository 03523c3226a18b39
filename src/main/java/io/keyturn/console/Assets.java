package io.keyturn.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The addresses of the pages' own files. Each has a version made from the file's content, so that
 * browsers keep the file for a year and still get the next version at once.
 */
@Named
@ApplicationScoped
public class Assets {
  private static final String FOLDER = "/assets/";
  private static final int DIGITS = 12;

  @Inject private ServletContext application;

  private final Map<String, String> versions = new ConcurrentHashMap<>();

  /** The address of a file in the folder {@code assets}. */
  public String address(String name) {
    return FOLDER + name + "?v=" + versions.computeIfAbsent(name, this::version);
  }

  private String version(String name) {
    try (InputStream file = application.getResourceAsStream(FOLDER + name)) {
      if (file == null) {
        throw new IllegalArgumentException("there is no asset " + name);
      }
      return versionOf(file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The version of a file with this content. */
  static String versionOf(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
