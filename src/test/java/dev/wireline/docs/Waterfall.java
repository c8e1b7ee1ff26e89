package dev.wireline.docs;

// docs: http-waterfall-class
import dev.wireline.http.CallEvent;
import dev.wireline.http.CallListener;
import java.util.Locale;

/** Prints each event of each call with its time since the call's start. Thread-safe. */
public final class Waterfall implements CallListener {
  @Override
  public void event(CallEvent event) {
    double millis = event.at().toNanos() / 1e6;
    System.out.println(String.format(
        Locale.ROOT, "#%d %8.1f ms %s %s", event.call(), millis, event.kind(), event.detail()));
  }
}
// end: http-waterfall-class
