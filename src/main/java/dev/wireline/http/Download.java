package dev.wireline.http;

import dev.wireline.error.Phase;
import dev.wireline.internal.Copying;
import dev.wireline.internal.WholeFile;
import dev.wireline.line.ProgressListener;
import dev.wireline.net.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A body on its way into a file that appears under its name only once it is complete. */
final class Download {
  /** How often a listener is told of the progress. */
  private static final Duration PROGRESS = Duration.ofMillis(100);

  private final WholeFile file;
  private final Supplier<Deadline> pause;

  private Download(WholeFile file, Supplier<Deadline> pause) {
    this.file = file;
    this.pause = pause;
  }

  /**
   * A download to that file, with nothing there yet.
   *
   * @throws IllegalArgumentException if the path has no name
   */
  static Download to(Path file) {
    return to(file, Download::pause);
  }

  private static Deadline pause() {
    return Deadline.after(PROGRESS, Phase.BODY);
  }

  /** As the other, with a test's clock: the pause after each report. */
  static Download to(Path file, Supplier<Deadline> pause) {
    return new Download(WholeFile.at(file), pause);
  }

  void save(InputStream in, long total, @Nullable ProgressListener listener) throws IOException {
    file.write(out -> copy(in, out, 0, total, listener, pause));
  }

  /** As {@link #save}, under a free name, which it returns. */
  Path saveNew(InputStream in, long total) throws IOException {
    return file.writeNew(out -> copy(in, out, 0, total, null, pause));
  }

  /** Copies the rest of a body of which so many bytes are there already. */
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
    if (listener == null) {
      Copying.copy(in, out, before, () -> false, there -> {}, in);
      return;
    }
    Copying.copy(
        in, out, before, new Due(pause), there -> listener.progress(there, total), listener);
  }

  /** Whether the pause after the last report is over; there is none before the first. */
  private static final class Due implements BooleanSupplier {
    private final Supplier<Deadline> pause;
    private Deadline quiet = Deadline.after(Duration.ZERO, Phase.BODY);

    Due(Supplier<Deadline> pause) {
      this.pause = pause;
    }

    @Override
    public boolean getAsBoolean() {
      boolean due = quiet.isExpired();
      if (due) {
        quiet = pause.get();
      }
      return due;
    }
  }
}
