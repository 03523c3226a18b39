package io.keyturn.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * The file system of H2 databases whose answered writes survive {@code kill -9}: {@code
 * jdbc:h2:crashsafe:/path}. The files are H2's own; only the order of writes differs, see {@link
 * CrashSafeFile}.
 */
public final class CrashSafeFiles extends FilePathWrapper {
  private static final String SCHEME = "crashsafe";

  /** The beginning of the JDBC addresses of such databases. */
  static final String URL = "jdbc:h2:" + SCHEME + ":";

  /** H2 creates its paths with this constructor. */
  public CrashSafeFiles() {}

  /**
   * Registers the scheme with H2. This must come before the first connection, because H2 treats a
   * path with an unknown scheme as a file of that name elsewhere.
   */
  static void register() {
    FilePath.register(new CrashSafeFiles());
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    FileChannel file = super.open(mode);
    return name.endsWith(".mv.db") && mode.contains("w")
        ? new CrashSafeFile(file, DiskReserve.beside(unwrap().toString()))
        : file;
  }
}
