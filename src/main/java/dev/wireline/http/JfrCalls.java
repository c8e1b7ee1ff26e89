package dev.wireline.http;

import java.util.Objects;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/**
 * A listener that records calls in the JDK Flight Recorder, as events named {@code dev.wireline.HttpCall}.
 * While no recording asks for them, an event costs one check of a flag.
 *
 * <p>It needs the module {@code jdk.jfr}, which this library does not require: a program that uses this class
 * in a jlink image must add it.
 *
 * <p>Immutable and thread-safe.
 */
public final class JfrCalls implements CallListener {
  /** A listener. */
  public JfrCalls() {}

  @Name("dev.wireline.HttpCall")
  @Label("HTTP Call")
  @Description("A step of a call of an HttpAgent")
  @Category({"Wireline", "HTTP"})
  @StackTrace(false)
  @SuppressWarnings("UnusedVariable") // the recorder reads them
  private static final class HttpCall extends Event {
    @Label("Call")
    @Description("The number of the call, counted by its agent from 1")
    private long call;

    @Label("Kind")
    private String kind = "";

    @Label("URL")
    @Description("Without its query")
    private String url = "";

    @Label("Time Since Start")
    @Timespan
    private long sinceStart;

    @Label("Detail")
    private String detail = "";
  }

  @Override
  public void event(CallEvent event) {
    Objects.requireNonNull(event, "event");
    HttpCall recorded = new HttpCall();
    if (recorded.isEnabled()) {
      recorded.call = event.call();
      recorded.kind = event.kind().name();
      recorded.url = event.url().shown();
      recorded.sinceStart = event.at().toNanos();
      recorded.detail = event.detail();
      recorded.commit();
    }
  }
}
