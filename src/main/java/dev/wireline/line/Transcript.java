package dev.wireline.line;

import dev.wireline.error.WirelineException;
import dev.wireline.internal.Bounds;
import dev.wireline.internal.Log;
import dev.wireline.internal.Quoted;
import dev.wireline.internal.StackRoom;
import dev.wireline.net.ProxyListener;
import dev.wireline.stability.NotFrozen;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a client and its peer said last, for people: kept when it is asked for, bounded, and with secrets
 * masked.
 *
 * <pre>{@code
 * Transcript said = Transcript.of(client);       // before its first use
 * said.tell(System.err::println);                // and show it as it goes by
 * }</pre>
 *
 * <p>The notation is the one of the RFCs and of the test kit: {@code C:} and {@code S:} lines, {@code C>}
 * and {@code S>} for data in quotes, {@code <STARTTLS>}; a line that starts with {@code #} tells of what
 * is not shown, as a long text. What does not print is escaped, and a long line is cut.
 *
 * <p>A failure of the client carries the last ten lines: {@link WirelineException#transcript()}, and in
 * its stack trace.
 *
 * <p>Secrets are what was marked as such, by {@link Command#secretAtom}, {@link Command#secretText} and
 * {@link Message#secretData}: they are masked before they come here. A line that was written as a plain
 * string is shown as it is, and so is what the peer says. What goes through {@link LineClient#input()},
 * {@link LineClient#output()} or a wire is not seen here, unless the protocol shows it by {@link #sent(List)},
 * {@link #received(List)} and {@link #comment}.
 *
 * <p>Of HTTP it shows the heads of requests and responses as lines, and of bodies how many bytes they had on
 * the wire. Masked are Authorization, Proxy-Authorization, Cookie, Set-Cookie, the fields that a request marks
 * as secret (in its response too), and the queries of URLs.
 *
 * <p>Thread-safe.
 */
public final class Transcript implements ProxyListener {
  /** The most lines that are kept unless another number is set: 200. */
  public static final int MAX_LINES = 200;

  /** The most characters of a line that are kept: 200. */
  public static final int MAX_LINE_CHARS = 200;

  private static final int FAILURE_LINES = 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<String> kept = new ArrayDeque<>();
  private final int maxLines;
  private volatile @Nullable Consumer<String> listener;

  private Transcript(int maxLines) {
    this.maxLines = maxLines;
  }

  /**
   * A transcript that belongs to no client, for what takes one, such as an HTTP agent. It keeps at most {@link
   * #MAX_LINES} lines.
   *
   * @return an empty transcript
   */
  public static Transcript create() {
    return create(MAX_LINES);
  }

  /**
   * A transcript that belongs to no client.
   *
   * @param maxLines the most lines to keep, 1 or more; older ones go
   * @return an empty transcript
   * @throws IllegalArgumentException if the number is less than 1
   */
  public static Transcript create(int maxLines) {
    return new Transcript(Bounds.check("maxTranscriptLines", maxLines));
  }

  /** One that belongs to no client, for what is written out once. */
  static Transcript ofAll() {
    return new Transcript(Integer.MAX_VALUE);
  }

  /**
   * Begins to keep what a client says and hears from now on, at most {@link #MAX_LINES} lines of it. Does
   * no I/O.
   *
   * @param client the client
   * @return its transcript
   * @throws IllegalStateException if it has one already
   */
  public static Transcript of(LineClient client) {
    return of(client, MAX_LINES);
  }

  /**
   * Begins to keep what a client says and hears from now on.
   *
   * @param client the client
   * @param maxLines the most lines to keep, 1 or more; older ones go
   * @return its transcript
   * @throws IllegalArgumentException if the number is less than 1
   * @throws IllegalStateException if the client has a transcript already
   */
  public static Transcript of(LineClient client, int maxLines) {
    Objects.requireNonNull(client, "client");
    Transcript transcript = create(maxLines);
    client.keep(transcript);
    return transcript;
  }

  /**
   * Tells each line as it is said, too.
   *
   * @param value who hears it, in the thread that reads or writes, and in both at once where a client has
   *     two: it has to be quick and thread-safe, and must not use the client. A RuntimeException that it
   *     throws goes to the log and changes nothing else; an Error is thrown by that read, whose line is
   *     lost, or by that write, which may not have begun. A listener that was set before hears no more.
   * @return this
   */
  public Transcript tell(Consumer<String> value) {
    listener = Objects.requireNonNull(value, "value");
    return this;
  }

  /**
   * What was kept.
   *
   * @return the lines, the oldest first, as they are now
   */
  public List<String> lines() {
    StackRoom.lock(lock);
    try {
      return List.copyOf(kept);
    } finally {
      lock.unlock();
    }
  }

  /**
   * What was kept.
   *
   * @return the lines, each with a line feed
   */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (String line : lines()) {
      out.append(line).append('\n');
    }
    return out.toString();
  }

  /**
   * Shows lines that leave together, each as {@code C:}; nothing else comes between them in {@link #lines()}.
   *
   * @param shown the lines without their ends, with what is secret in them masked
   */
  @NotFrozen
  @Override
  public void sent(List<String> shown) {
    lines("C: ", Objects.requireNonNull(shown, "shown"));
  }

  /** A line that leaves, with what is secret in it masked. */
  void sent(String shown) {
    line("C: ", shown);
  }

  void sent(byte[] line, int from, int to) {
    data("C> ", line, from, to);
  }

  /**
   * Shows lines that have come together, each as {@code S:}; nothing else comes between them in {@link
   * #lines()}.
   *
   * @param shown the lines without their ends, with what is secret in them masked
   */
  @NotFrozen
  @Override
  public void received(List<String> shown) {
    lines("S: ", Objects.requireNonNull(shown, "shown"));
  }

  void received(String line) {
    line("S: ", line);
  }

  /**
   * Tells of what is not shown, in a line that starts with {@code #}.
   *
   * @param text the line, such as {@code S: a body of 5 bytes}
   */
  @NotFrozen
  public void comment(String text) {
    line("# ", Objects.requireNonNull(text, "text"));
  }

  void received(byte[] data, int from, int to) {
    data("S> ", data, from, to);
  }

  /** What the transcript does not show, or is no line. */
  void note(String text) {
    add(text);
  }

  private void line(String who, String text) {
    add(shown(who, text));
  }

  private void lines(String who, List<String> texts) {
    List<String> all = texts.stream().map(text -> shown(who, text)).toList();
    StackRoom.check();
    StackRoom.lock(lock);
    try {
      all.forEach(this::keep);
    } finally {
      lock.unlock();
    }
    all.forEach(this::hear);
  }

  private static String shown(String who, String text) {
    boolean cut = text.length() > MAX_LINE_CHARS;
    String shown = cut ? text.substring(0, MAX_LINE_CHARS) : text;
    return who + Quoted.printable(shown) + (cut ? " ... (" + text.length() + " characters)" : "");
  }

  private void data(String who, byte[] bytes, int from, int to) {
    add(who + Quoted.bytes(bytes, from, to));
  }

  private void add(String line) {
    StackRoom.lock(lock);
    try {
      keep(line);
    } finally {
      lock.unlock();
    }
    hear(line);
  }

  private void keep(String line) {
    kept.add(line);
    if (kept.size() > maxLines) {
      kept.remove();
    }
  }

  private void hear(String line) {
    Consumer<String> hearing = listener;
    if (hearing != null) {
      try {
        hearing.accept(line);
      } catch (RuntimeException e) {
        Log.threw(hearing, e);
      }
    }
  }

  /**
   * Gives a failure the last lines that were said before it, unless it has some already.
   *
   * @param failure the failure, before it is thrown
   */
  @NotFrozen
  public void attachTo(WirelineException failure) {
    Objects.requireNonNull(failure, "failure");
    List<String> last = last();
    if (!last.isEmpty()) {
      failure.attachTranscript(last);
    }
  }

  /** A no of the peer is a failure too, and may come often: not all that was kept is copied for it. */
  private List<String> last() {
    Deque<String> last = new ArrayDeque<>(FAILURE_LINES);
    StackRoom.lock(lock);
    try {
      Iterator<String> back = kept.descendingIterator();
      while (back.hasNext() && last.size() < FAILURE_LINES) {
        last.addFirst(back.next());
      }
    } finally {
      lock.unlock();
    }
    return List.copyOf(last);
  }
}
