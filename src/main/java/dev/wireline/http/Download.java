package dev.wireline.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/** A file that appears under its name only when it is whole. */
final class Download {
  private Download() {}

  static void save(InputStream in, Path file) throws IOException {
    Path part = beside(file);
    try {
      try (OutputStream out =
          Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        in.transferTo(out);
      }
      move(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** A name of its own in the same folder, so that the move is one step. */
  private static Path beside(Path file) {
    Path absolute = file.toAbsolutePath();
    Path name = absolute.getFileName();
    if (name == null) {
      throw new IllegalArgumentException("a file to write needs a name");
    }
    String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
    return absolute.resolveSibling("." + name + "." + random + ".part");
  }

  private static void move(Path part, Path file) throws IOException {
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
