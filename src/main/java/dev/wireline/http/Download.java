package dev.wireline.http;

import dev.wireline.error.Phase;
import dev.wireline.internal.Log;
import dev.wireline.internal.WholeFile;
import dev.wireline.line.ProgressListener;
import dev.wireline.net.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A body on its way into a file that appears under its name only when it is whole. */
final class Download {
  private static final int PIECE_BYTES = 16 * 1024;

  /** How often a listener hears of progress. */
  private static final Duration PROGRESS = Duration.ofMillis(100);

  private final WholeFile file;
  private final Supplier<Deadline> pause;

  private Download(WholeFile file, Supplier<Deadline> pause) {
    this.file = file;
    this.pause = pause;
  }

  /**
   * A download to that file, of which nothing is there yet.
   *
   * @throws IllegalArgumentException if the path has no name
   */
  static Download to(Path file) {
    return to(file, Download::pause);
  }

  private static Deadline pause() {
    return Deadline.after(PROGRESS, Phase.BODY);
  }

  /** As the other, with a clock that a test owns: what ends the pause after each time of telling. */
  static Download to(Path file, Supplier<Deadline> pause) {
    return new Download(WholeFile.at(file), pause);
  }

  void save(InputStream in, long total, @Nullable ProgressListener listener) throws IOException {
    file.write(out -> copy(in, out, 0, total, listener, pause));
  }

  /** As {@link #save}, under a name that is free; gives that. */
  Path saveNew(InputStream in, long total) throws IOException {
    return file.writeNew(out -> copy(in, out, 0, total, null, pause));
  }

  /** Copies all that is left of a body of which so many bytes are there already. */
  static void copy(
      InputStream in,
      OutputStream out,
      long before,
      long total,
      @Nullable ProgressListener listener)
      throws IOException {
    copy(in, out, before, total, listener, Download::pause);
  }

  private static void copy(
      InputStream in,
      OutputStream out,
      long before,
      long total,
      @Nullable ProgressListener listener,
      Supplier<Deadline> pause)
      throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    long written = before;
    long told = -1;
    Deadline quiet = Deadline.after(Duration.ZERO, Phase.BODY);
    for (int count = 0; count >= 0; count = in.read(piece, 0, piece.length)) {
      out.write(piece, 0, count);
      written += count;
      if (listener != null && quiet.isExpired()) {
        tell(listener, written, total);
        told = written;
        quiet = pause.get();
      }
    }
    if (listener != null && told != written) {
      tell(listener, written, total);
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
