package io.keyturn.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * The file system of H2 databases that must keep each answered write after {@code kill -9}: {@code
 * jdbc:h2:crashsafe:/path}. The files are H2's own; only the order of writes differs, see {@link
 * CrashSafeFile}.
 */
public final class CrashSafeFiles extends FilePathWrapper {
  private static final String SCHEME = "crashsafe";

  /** What addresses of such databases begin with. */
  static final String URL = "jdbc:h2:" + SCHEME + ":";

  /** H2 makes its paths by this. */
  public CrashSafeFiles() {}

  /**
   * Makes the scheme known to H2. It must come before the first connection: for H2, a path of an
   * unknown scheme is a file of that name, somewhere else.
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
