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
 * The last lines that a client and its peer exchanged, for people: kept on request, limited in size, with
 * secrets masked.
 *
 * <pre>{@code
 * Transcript said = Transcript.of(client);       // before its first use
 * said.tell(System.err::println);                // and show it as it goes by
 * }</pre>
 *
 * <p>The notation is that of the RFCs and of the test kit: {@code C:} and {@code S:} lines, {@code C>} and
 * {@code S>} for data in quotes, {@code <STARTTLS>}. A line that starts with {@code #} describes what is not
 * shown, such as a long text. Unprintable characters are escaped, and long lines are cut.
 *
 * <p>A failure of the client carries the last ten lines, in {@link WirelineException#transcript()} and in its
 * stack trace.
 *
 * <p>Secrets are what was marked as such, by {@link Command#secretAtom}, {@link Command#secretText} and {@link
 * Message#secretData}: they are masked before they get here. A line written as a plain string is shown as it
 * is, and so is what the peer says. What goes through {@link LineClient#input()}, {@link LineClient#output()}
 * or a wire is not recorded, unless the protocol does so with {@link #sent(List)}, {@link #received(List)} and
 * {@link #comment}.
 *
 * <p>For HTTP it shows the heads of requests and responses as lines, and the number of bytes that bodies had on
 * the wire. Authorization, Proxy-Authorization, Cookie, Set-Cookie, the fields that a request marks as secret
 * (in its response too) and the queries of URLs are masked.
 *
 * <p>Thread-safe.
 */
public final class Transcript implements ProxyListener {
  /** The default limit of lines that are kept: 200. */
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
   * Creates a transcript that belongs to no client, for example for an HTTP agent. It keeps at most {@link
   * #MAX_LINES} lines.
   *
   * @return an empty transcript
   */
  public static Transcript create() {
    return create(MAX_LINES);
  }

  /**
   * Creates a transcript that belongs to no client.
   *
   * @param maxLines the most lines to keep, 1 or more; older ones are dropped
   * @return an empty transcript
   * @throws IllegalArgumentException if the number is less than 1
   */
  public static Transcript create(int maxLines) {
    return new Transcript(Bounds.check("maxTranscriptLines", maxLines));
  }

  /** One that belongs to no client, for text that is written out once. */
  static Transcript ofAll() {
    return new Transcript(Integer.MAX_VALUE);
  }

  /**
   * Records what a client sends and receives from now on, keeping at most {@link #MAX_LINES} lines. Does no
   * I/O.
   *
   * @param client the client
   * @return its transcript
   * @throws IllegalStateException if the client has a transcript already
   */
  public static Transcript of(LineClient client) {
    return of(client, MAX_LINES);
  }

  /**
   * Records what a client sends and receives from now on. Does no I/O.
   *
   * @param client the client
   * @param maxLines the most lines to keep, 1 or more; older ones are dropped
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
   * Sets a listener for each line as it is sent or received.
   *
   * @param value called in the thread that reads or writes, and in both at once if a client has two: it must be
   *     quick and thread-safe, and must not use the client. A RuntimeException that it throws is logged and
   *     changes nothing else; an Error is thrown by that read, whose line is lost, or by that write, which may
   *     not have begun. It replaces an earlier listener.
   * @return this
   */
  public Transcript tell(Consumer<String> value) {
    listener = Objects.requireNonNull(value, "value");
    return this;
  }

  /**
   * What was kept.
   *
   * @return the lines so far, oldest first
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
   * Records lines that are sent together, each as {@code C:}; nothing else comes between them in {@link
   * #lines()}.
   *
   * @param shown the lines without their ends, with secrets masked
   */
  @NotFrozen
  @Override
  public void sent(List<String> shown) {
    lines("C: ", Objects.requireNonNull(shown, "shown"));
  }

  /** Records a line that is sent, with secrets masked. */
  void sent(String shown) {
    line("C: ", shown);
  }

  void sent(byte[] line, int from, int to) {
    data("C> ", line, from, to);
  }

  /**
   * Records lines that were received together, each as {@code S:}; nothing else comes between them in {@link
   * #lines()}.
   *
   * @param shown the lines without their ends, with secrets masked
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
   * Describes what is not shown, in a line that starts with {@code #}.
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

  /** Notes what the transcript does not show, or what is not a line. */
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
   * Attaches the last lines before a failure to it, unless it has some already.
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

  /** A refusal by the peer is a failure too, and may happen often: not everything that was kept is copied for it. */
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
