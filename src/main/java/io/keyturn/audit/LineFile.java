package io.keyturn.audit;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file to which lines are appended. It is opened for each writing, so that whoever moves it away
 * needs to tell nobody: the next writing creates a new file.
 */
record LineFile(Path file) {
  private static final FileAttribute<?> FOR_THE_GROUP =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));

  /**
   * Appends lines, and waits until the disk has them. What a crash or a full disk has left of a
   * line before gets an end first, so that it spoils no other line.
   *
   * @param lines each with its end
   * @throws IOException when the lines, or some of them, are not on the disk
   */
  void append(String lines) throws IOException {
    create();
    String end = !lines.isEmpty() && endsAmidALine() ? "\n" : "";
    try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
      out.write((end + lines).getBytes(StandardCharsets.UTF_8));
      out.getFD().sync();
    }
  }

  private void create() throws IOException {
    if (Files.exists(file)) {
      return;
    }
    try {
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(file, FOR_THE_GROUP);
      } else {
        Files.createFile(file);
      }
    } catch (FileAlreadyExistsException e) {
      // Another one was quicker.
    }
  }

  private boolean endsAmidALine() throws IOException {
    try (RandomAccessFile read = new RandomAccessFile(file.toFile(), "r")) {
      if (read.length() == 0) {
        return false;
      }
      read.seek(read.length() - 1);
      return read.read() != '\n';
    }
  }
}
