package dev.wireline.http;

import dev.wireline.internal.Log;
import dev.wireline.internal.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A body on its way into a file that appears under its name only when it is whole. */
final class Download {
  private static final int PIECE_BYTES = 16 * 1024;

  private final WholeFile file;

  private Download(WholeFile file) {
    this.file = file;
  }

  /**
   * A download to that file, of which nothing is there yet.
   *
   * @throws IllegalArgumentException if the path has no name
   */
  static Download to(Path file) {
    return new Download(WholeFile.at(file));
  }

  void save(InputStream in, long total, @Nullable ProgressListener listener) throws IOException {
    file.write(out -> copy(in, out, 0, total, listener));
  }

  /** As {@link #save}, under a name that is free; gives that. */
  Path saveNew(InputStream in, long total) throws IOException {
    return file.writeNew(out -> copy(in, out, 0, total, null));
  }

  /** Copies all that is left of a body of which so many bytes are there already. */
  static void copy(
      InputStream in,
      OutputStream out,
      long before,
      long total,
      @Nullable ProgressListener listener)
      throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    long written = before;
    for (int count = 0; count >= 0; count = in.read(piece, 0, piece.length)) {
      out.write(piece, 0, count);
      written += count;
      if (listener != null) {
        tell(listener, written, total);
      }
    }
  }

  private static void tell(ProgressListener listener, long written, long total) {
    try {
      listener.progress(written, total);
    } catch (RuntimeException e) {
      Log.threw(listener, e);
    }
  }
}
