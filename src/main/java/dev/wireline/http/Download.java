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
import org.jspecify.annotations.Nullable;

/** A file that appears under its name only when it is whole. */
final class Download {
  private static final int PIECE_BYTES = 16 * 1024;

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
    // A name of its own in the same folder, so that the move is one step; and a short one, since
    // the
    // file's own may be as long as a name can be.
    String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
    return new Download(file, absolute.resolveSibling(".wireline-" + random + ".part"));
  }

  void save(InputStream in, long total, @Nullable ProgressListener listener) throws IOException {
    try {
      try (OutputStream out =
          Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        copy(in, out, total, listener);
      }
      move(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void copy(
      InputStream in, OutputStream out, long total, @Nullable ProgressListener listener)
      throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    long written = 0;
    for (int count = 0; count >= 0; count = in.read(piece, 0, piece.length)) {
      out.write(piece, 0, count);
      written += count;
      if (listener != null) {
        listener.progress(written, total);
      }
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
