package dev.wireline.testing;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A client that plays a script against a server and compares what the server says: a test of the server.
 *
 * <p>Immutable. The script is in the notation of {@link ScriptedServer}, seen from the other side:
 *
 * <ul>
 *   <li>{@code C:} and {@code C>} are sent; of several alternatives, the first. A name in them stands for a
 *       given value, or for what an earlier {@code S:} line captured.
 *   <li>{@code S:} and {@code S>} are expected, with alternatives, and a {@code \?} for any one byte. A name
 *       with a known or given value stands for that; any other name captures a word or, with a star, any text.
 *       A line may end with LF only.
 *   <li>{@code <delay 50ms>} makes the client wait.
 *   <li>{@code <half-close>}, {@code <close>}, {@code <cut>} and {@code <reset>} expect the server to stop
 *       sending; {@code <stall>} cannot be observed.
 *   <li>Lines {@code <at any time>} are not sent. What the server says {@code <every 10ms>} may come any number
 *       of times before what is expected next.
 *   <li>{@code <next connection>} closes the connection and dials again.
 * </ul>
 */
public final class ScriptedClient {

  private static final int MAX_LINE_BYTES = PeerInput.MAX_LINE_BYTES;

  /** A connection to the server under test. */
  public interface Connection extends Closeable {

    /**
     * The stream from the server.
     *
     * @return the stream, the same each time until TLS is started
     * @throws IOException if the connection is not open
     */
    InputStream input() throws IOException;

    /**
     * The stream to the server.
     *
     * @return the stream, the same each time until TLS is started
     * @throws IOException if the connection is not open
     */
    OutputStream output() throws IOException;

    /**
     * Upgrades the connection to TLS.
     *
     * @throws IOException if that fails; the script ends there
     */
    void startTls() throws IOException;
  }

  /** Opens the connections of a script. */
  @FunctionalInterface
  public interface Dialling {

    /**
     * Dials the server.
     *
     * @return a new connection, which the script closes
     * @throws IOException if it cannot connect
     */
    Connection dial() throws IOException;
  }

  private final Script script;
  private final Map<String, String> values;
  private final byte[] lineEnd;

  private ScriptedClient(Script script, Map<String, String> values, byte[] lineEnd) {
    this.script = script;
    this.values = values;
    this.lineEnd = lineEnd;
  }

  /**
   * Reads a script.
   *
   * @param script a script in the notation of this class
   * @param values the values for names in the {@code C:} lines, in Unicode
   * @param lineEnd what ends a {@code C:} line, such as {@code "\r\n"}
   * @return a client that can play it repeatedly
   * @throws IllegalArgumentException if the script is malformed or can never be played; the message names the
   *     line
   */
  public static ScriptedClient of(String script, Map<String, String> values, String lineEnd) {
    Map<String, String> octets = new HashMap<>();
    Objects.requireNonNull(values, "values")
        .forEach((name, text) -> octets.put(name, Latin1.ofUtf8(text)));
    byte[] end = Latin1.bytes(Objects.requireNonNull(lineEnd, "lineEnd"));
    return new ScriptedClient(Script.forClient(script, values.keySet()), octets, end);
  }

  /**
   * Plays the script once. Waits for the server are limited only by the streams of the connection.
   *
   * @param dialling opens each connection of the script
   * @throws AssertionError if the server says something else than the script; the message names the line. The
   *     connection is closed
   * @throws InterruptedIOException if the thread was interrupted in a delay, with its flag set; the connection
   *     is closed
   * @throws IOException if a connection fails; it is closed
   */
  public void play(Dialling dialling) throws IOException {
    Objects.requireNonNull(dialling, "dialling");
    for (Scene scene : script.scenes()) {
      try (Connection connection = dialling.dial()) {
        new Playing(connection).play(scene);
      }
    }
  }

  /** One scene on its connection. */
  private final class Playing {

    private final Connection connection;
    private final Map<String, String> known = new HashMap<>(values);
    private final Map<String, String> said = new HashMap<>(values);
    private List<Step.Say> repeated = List.of();

    Playing(Connection connection) {
      this.connection = connection;
    }

    void play(Scene scene) throws IOException {
      for (Step step : scene.steps()) {
        if (step instanceof Step.Say expected) {
          hear(expected);
        } else if (step instanceof Step.HearLine line) {
          say(line.choices().get(0));
        } else if (step instanceof Step.HearBytes bytes) {
          say(Latin1.bytes(bytes.octets()));
        } else if (step instanceof Step.Every every) {
          repeated = every.said();
        } else if (step instanceof Step.Act act) {
          act(act);
        }
      }
    }

    private void say(Template line) throws IOException {
      line.eachName(name -> said.put(name, known.getOrDefault(name, "")));
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      whole.writeBytes(line.filled(known));
      whole.writeBytes(lineEnd);
      say(whole.toByteArray());
    }

    private void say(byte[] octets) throws IOException {
      connection.output().write(octets);
      connection.output().flush();
    }

    private void act(Step.Act act) throws IOException {
      switch (act.action()) {
        case START_TLS -> connection.startTls();
        case DELAY -> pause(act);
        case HALF_CLOSE, CLOSE, CUT, RESET -> hearTheEnd(act);
        case STALL -> {}
      }
    }

    private void pause(Step.Act delay) throws InterruptedIOException {
      try {
        Thread.sleep(delay.time().toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted in a delay of the script");
      }
    }

    private void hear(Step.Say expected) throws IOException {
      if (expected.text() == null) {
        hearBytes(expected);
        return;
      }
      String line = readLine();
      while (isRepeated(line)) {
        line = readLine();
      }
      if (!fits(expected, line)) {
        throw differs(expected, line);
      }
      repeated = List.of();
    }

    private boolean fits(Step.Say expected, String line) {
      String heard = withoutEnd(line);
      for (Template choice : SceneParser.choices(String.valueOf(expected.text()))) {
        Map<String, String> found = new HashMap<>();
        if (line.endsWith("\n") && choice.with(said).matches(heard, found)) {
          known.putAll(found);
          return true;
        }
      }
      return false;
    }

    private boolean isRepeated(String line) {
      return repeated.stream().anyMatch(say -> say.text() != null && fits(say, line));
    }

    private void hearBytes(Step.Say expected) throws IOException {
      StringBuilder heard = new StringBuilder();
      for (char one : expected.octets().toCharArray()) {
        int octet = connection.input().read();
        if (octet >= 0) {
          heard.append((char) octet);
        }
        if (octet != one && (octet < 0 || one != Quotation.ANY)) {
          throw differs(expected, heard.toString());
        }
      }
    }

    private void hearTheEnd(Step.Act end) throws IOException {
      String line = readLine();
      while (isRepeated(line)) {
        line = readLine();
      }
      if (!line.isEmpty()) {
        throw differs(end, line);
      }
    }

    /** Reads up to a line feed or the end. */
    private String readLine() throws IOException {
      StringBuilder line = new StringBuilder();
      int octet = 0;
      while (octet != '\n' && line.length() < MAX_LINE_BYTES) {
        octet = connection.input().read();
        if (octet < 0) {
          break;
        }
        line.append((char) octet);
      }
      return line.toString();
    }
  }

  private static String withoutEnd(String line) {
    String text = line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private static AssertionError differs(Step expected, String heard) {
    String happened = heard.isEmpty()
        ? "the server hung up"
        : "the server said \"" + Escaped.bytes(Latin1.bytes(withoutEnd(heard))) + "\"";
    return new AssertionError("line " + expected.line() + ", \"" + expected + "\": " + happened);
  }
}
