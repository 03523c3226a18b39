package io.keyturn.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.store.fs.FileBaseDefault;
import org.jspecify.annotations.Nullable;

/**
 * An H2 database file whose header always names the newest chunk once a commit has been answered.
 *
 * <p>An H2 commit is a chunk, written wherever the file has room. After a crash H2 starts at the
 * chunk that the header names. Each chunk predicts the position of the next chunk, and H2 follows
 * these predictions. When a prediction is wrong, H2 2.5 writes the header, but the header names the
 * predicting chunk. The new chunk and up to twenty later commits are then in the file, but H2 never
 * finds them. This class writes the header after each chunk, and names the new chunk.
 *
 * @see <a href="https://h2database.com/html/mvstore.html#fileFormat">H2's file format</a>
 */
final class CrashSafeFile extends FileBaseDefault {
  private static final int BLOCK = 4096;

  /** The longest first line of a block that is read. */
  private static final int LINE = 1024;

  private static final String HEADER_STARTS = "H:";
  private static final String CHUNK_STARTS = "chunk:";
  private static final String CHUNK = "chunk";
  private static final String BLOCK_OF_CHUNK = "block";
  private static final String VERSION = "version";
  private static final String CLEAN = "clean";
  private static final String CHECKSUM = "fletcher";

  private final FileChannel file;
  private final DiskReserve reserve;

  /** The content of the header; null for an encrypted file. */
  private @Nullable HashMap<String, String> header;

  /** The newest version written. A chunk with a lower version is an old chunk that was moved. */
  private long newest = -1;

  CrashSafeFile(FileChannel file, DiskReserve reserve) throws IOException {
    this.file = file;
    this.reserve = reserve;
    for (int block = 0; block < 2 && header == null; block++) {
      ByteBuffer start = ByteBuffer.allocate(LINE);
      file.read(start, (long) block * BLOCK);
      header = header(firstLine(start.flip()));
    }
  }

  @Override
  public synchronized int write(ByteBuffer source, long position) throws IOException {
    int length = source.remaining();
    String start = firstLine(source);
    HashMap<String, String> theirs = position == 0 ? header(start) : null;
    if (theirs != null) {
      writeHeader(theirs);
      source.position(source.limit());
    } else {
      writeAll(source, position);
      if (start.startsWith(CHUNK_STARTS)) {
        nameInHeader(DataUtils.parseMap(start.strip()), position / BLOCK);
      }
    }
    return length;
  }

  private void nameInHeader(Map<String, String> chunk, long block) throws IOException {
    if (header != null && version(chunk) >= newest) {
      HashMap<String, String> next = new HashMap<>(header);
      next.remove(CLEAN);
      next.put(BLOCK_OF_CHUNK, Long.toHexString(block));
      next.put(CHUNK, chunk.getOrDefault(CHUNK, ""));
      next.put(VERSION, chunk.getOrDefault(VERSION, ""));
      writeHeader(next);
    }
  }

  /** Writes a header. It never names an older chunk than the previous header did. */
  private void writeHeader(HashMap<String, String> next) throws IOException {
    if (header != null && version(next) < newest) {
      for (String name : new String[] {BLOCK_OF_CHUNK, CHUNK, VERSION}) {
        next.put(name, header.getOrDefault(name, ""));
      }
    }
    StringBuilder text = DataUtils.appendMap(new StringBuilder(), next);
    byte[] summed = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    DataUtils.appendMap(text, CHECKSUM, DataUtils.getFletcher32(summed, 0, summed.length));
    byte[] line = text.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1);
    writeAll(ByteBuffer.allocate(2 * BLOCK).put(line).put(BLOCK, line).rewind(), 0);
    header = next;
    newest = version(next);
  }

  private void writeAll(ByteBuffer source, long position) throws IOException {
    long start = position - source.position();
    try {
      writeRest(source, start);
    } catch (IOException e) {
      reserve.release(e);
      writeRest(source, start);
    }
  }

  private void writeRest(ByteBuffer source, long start) throws IOException {
    while (source.hasRemaining()) {
      file.write(source, start + source.position());
    }
  }

  private static long version(Map<String, String> header) {
    return DataUtils.readHexLong(header, VERSION, -1);
  }

  /** The members of a header; null for any other line. */
  private static @Nullable HashMap<String, String> header(String line) {
    int end = line.lastIndexOf("," + CHECKSUM + ":");
    if (!line.startsWith(HEADER_STARTS) || end < 0) {
      return null;
    }
    byte[] summed = line.substring(0, end).getBytes(StandardCharsets.ISO_8859_1);
    HashMap<String, String> all = DataUtils.parseMap(line.strip());
    int checksum = (int) Long.parseLong(all.getOrDefault(CHECKSUM, "0"), 16);
    all.remove(CHECKSUM);
    return checksum == DataUtils.getFletcher32(summed, 0, summed.length) ? all : null;
  }

  /** The text up to the line end; empty without a line end. */
  private static String firstLine(ByteBuffer bytes) {
    byte[] start = new byte[Math.min(bytes.remaining(), LINE)];
    bytes.duplicate().get(start);
    String text = new String(start, StandardCharsets.ISO_8859_1);
    return text.substring(0, Math.max(0, text.indexOf('\n')));
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // Reading waits for no write.
  public int read(ByteBuffer target, long position) throws IOException {
    return file.read(target, position);
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  protected void implTruncate(long size) throws IOException {
    file.truncate(size);
  }

  @Override
  public void force(boolean metaData) throws IOException {
    file.force(metaData);
  }

  @Override
  public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return file.tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    file.close();
  }
}
