package dev.wireline.cli;

import dev.wireline.http.CallEvent;
import dev.wireline.http.CallListener;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where the time of a call went: each step a bar, from where the one before it ended. */
final class Waterfall implements CallListener {
  private static final int WIDTH = 40;

  private final List<CallEvent> events = new ArrayList<>();

  @Override
  public void event(CallEvent event) {
    events.add(event);
  }

  void print(PrintStream out) {
    long total = events.stream().mapToLong(event -> event.at().toNanos()).max().orElse(0);
    Duration before = Duration.ZERO;
    for (CallEvent event : events) {
      out.println(row(event, before, total));
      before = event.at();
    }
  }

  private static String row(CallEvent event, Duration before, long total) {
    int from = column(before, total);
    int to = Math.max(from + (event.at().compareTo(before) > 0 ? 1 : 0), column(event.at(), total));
    double millis = event.at().minus(before).toNanos() / 1e6;
    String bar = " ".repeat(from) + "#".repeat(to - from) + " ".repeat(Math.max(0, WIDTH - to));
    return String.format(
            Locale.ROOT,
            "%-14s %9.1f ms |%s| %s",
            name(event),
            millis,
            bar,
            Printable.of(event.detail()))
        .stripTrailing();
  }

  private static int column(Duration at, long total) {
    return total == 0 ? 0 : (int) Math.min(WIDTH, at.toNanos() * WIDTH / total);
  }

  private static String name(CallEvent event) {
    return switch (event.kind()) {
      case STARTED -> "start";
      case REUSED -> "kept";
      case RESOLVED -> "name look-up";
      case CONNECTED -> "connect";
      case TUNNELLED -> "proxy";
      case SECURED -> "TLS";
      case SENT -> "send";
      case FIRST_BYTE -> "wait";
      case ANSWERED -> "head";
      case ENDED -> "body";
      default -> event.kind().name().toLowerCase(Locale.ROOT);
    };
  }
}
