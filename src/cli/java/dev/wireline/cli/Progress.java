package dev.wireline.cli;

import dev.wireline.line.ProgressListener;
import java.util.Locale;

/** A bar on a terminal that says how far a transfer is. Not thread-safe. */
final class Progress implements ProgressListener, AutoCloseable {
  private static final int WIDTH = 30;
  private static final long NANOS = 1_000_000_000L;

  private final Streams streams;
  private final long begin = System.nanoTime();
  private boolean shown;

  Progress(Streams streams) {
    this.streams = streams;
  }

  @Override
  public void progress(long bytes, long total) {
    if (streams.errIsTerminal()) {
      shown = true;
      streams.err().print("\r" + bar(bytes, total, System.nanoTime() - begin) + "\033[K");
      streams.err().flush();
    }
  }

  static String bar(long bytes, long total, long nanos) {
    String rate = nanos <= 0 ? "" : "  " + size((long) (bytes * (double) NANOS / nanos)) + "/s";
    if (total <= 0) {
      return size(bytes) + rate;
    }
    int done = (int) Math.min(WIDTH, bytes * WIDTH / total);
    return "[" + "#".repeat(done) + " ".repeat(WIDTH - done) + "] "
        + String.format(Locale.ROOT, "%3d %%", Math.min(100, bytes * 100 / total))
        + "  " + size(bytes) + " of " + size(total) + rate;
  }

  static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double shown = bytes;
    int unit = -1;
    while (shown >= 1024 && unit < 3) {
      shown /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %ciB", shown, "KMGT".charAt(unit));
  }

  @Override
  public void close() {
    if (shown) {
      streams.err().println();
    }
  }
}
