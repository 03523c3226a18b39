package io.keyturn.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reserved room on the disk of the embedded database: a file beside the database. A write that
 * finds the disk full gets this room. The disk then counts as full until the room can be reserved
 * again.
 *
 * <p>H2 closes the database when a write fails: all connections end, the next connection fails to
 * open the database, and a rollback on an old connection may never end. So no write of H2's should
 * fail; it is better not to begin a write.
 */
final class DiskReserve {
  private static final Logger LOG = Logger.getLogger("io.keyturn");

  /** Bytes. A commit writes 10 to 60 KB, and there is at most one running commit per connection. */
  private static final int SIZE = 4 << 20;

  private static final long TRIED_EACH = Duration.ofSeconds(1).toNanos();
  private static volatile @Nullable DiskReserve current;

  private final Path file;
  private volatile boolean full;
  private long triedAt = System.nanoTime() - TRIED_EACH;

  private DiskReserve(Path file) {
    this.file = file;
  }

  /** Reserves room beside a database file. */
  static DiskReserve beside(String database) {
    DiskReserve reserve = new DiskReserve(Path.of(database + ".reserve"));
    reserve.keep();
    current = reserve;
    return reserve;
  }

  /**
   * Whether the disk of the embedded database is full. Now and then this tries to reserve the room
   * again.
   */
  static boolean isDiskFull() {
    DiskReserve reserve = current;
    return reserve != null && reserve.full && !reserve.keepAgain();
  }

  /** Frees the room for a write that found none. */
  synchronized void release(IOException failure) {
    if (!full) {
      LOG.log(
          Level.WARNING,
          "The database''s disk is full; until there is room, writes are refused: {0}",
          failure.getMessage());
    }
    full = true;
    delete();
  }

  private synchronized boolean keepAgain() {
    if (full && System.nanoTime() - triedAt >= TRIED_EACH) {
      triedAt = System.nanoTime();
      keep();
      if (!full) {
        LOG.info("The database's disk has room again.");
      }
    }
    return !full;
  }

  private synchronized void keep() {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (ByteBuffer rest = ByteBuffer.allocate(SIZE); rest.hasRemaining(); ) {
        channel.write(rest);
      }
      full = false;
    } catch (IOException e) {
      full = true;
      delete();
    }
  }

  private void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the reserved room on the disk cannot be freed", e);
    }
  }
}
