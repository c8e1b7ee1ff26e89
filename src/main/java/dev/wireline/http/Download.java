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
  private final Path file;
  private final Path part;

  private Download(Path file, Path part) {
    this.file = file;
    this.part = part;
  }

  /**
   * A download to that file, of which nothing is there yet.
   *
   * @throws IllegalArgumentException if the path has no name
   */
  static Download to(Path file) {
    Path absolute = file.toAbsolutePath();
    Path name = absolute.getFileName();
    if (name == null) {
      throw new IllegalArgumentException("a file to write needs a name");
    }
    // A name of its own in the same folder, so that the move is one step.
    String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
    return new Download(file, absolute.resolveSibling("." + name + "." + random + ".part"));
  }

  void save(InputStream in) throws IOException {
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

  private static void move(Path part, Path file) throws IOException {
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
