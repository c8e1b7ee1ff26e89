package dev.wireline.ident;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.internal.Ascii;
import dev.wireline.line.Message;
import dev.wireline.line.Question;
import dev.wireline.line.QuestionOptions;
import dev.wireline.line.ReplyException;
import java.io.IOException;
import java.util.Objects;

/**
 * Ident (RFC 1413): asks the host at the other end of a connection which user owns it there.
 *
 * <pre>
 * C: 6193, 23
 * S: 6193, 23 : USERID : UNIX : ann
 * </pre>
 *
 * <p>Thread-safe.
 */
public final class Ident {
  /** The port: 113. */
  public static final int PORT = 113;

  /** The longest answer in bytes: 1000 (RFC 1413, section 6). */
  public static final int MAX_LINE_BYTES = 1000;

  private static final Activity ASKING = new Activity(Phase.READ, "asking for an owner at");
  private static final long MAX_PORT = 65_535;

  private Ident() {}

  /**
   * Asks who owns a connection.
   *
   * @param endpoint the host at its other end: {@code host} or {@code host:port}
   * @param portThere its port there, 1 to 65535
   * @param portHere its port here, 1 to 65535
   * @return the owner
   * @throws IllegalArgumentException if the endpoint or a port is not valid; nothing was dialled
   * @throws IOException as {@link #ask(Endpoint, int, int, QuestionOptions)}
   */
  public static IdentOwner ask(String endpoint, int portThere, int portHere) throws IOException {
    Endpoint place = Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint"), PORT);
    return ask(place, portThere, portHere, QuestionOptions.standard());
  }

  /**
   * Asks who owns a connection.
   *
   * @param endpoint the server
   * @param portThere the connection's port there, 1 to 65535
   * @param portHere its port here, 1 to 65535
   * @param options the timeout and the limits
   * @return the owner
   * @throws IllegalArgumentException if a port is not valid; nothing was dialled
   * @throws ReplyException if the server refuses: {@code INVALID-PORT}, {@code NO-USER}, {@code HIDDEN-USER},
   *     {@code UNKNOWN-ERROR}, or its own error
   * @throws PeerProtocolException if the answer is not valid, or answers another question
   * @throws IOException as {@link Question#ask}
   */
  public static IdentOwner ask(
      Endpoint endpoint, int portThere, int portHere, QuestionOptions options) throws IOException {
    Objects.requireNonNull(endpoint, "endpoint");
    String ports = checked(portThere) + ", " + checked(portHere);
    return Question.ask(endpoint, Message.of().line(ports), options, question -> {
      String line = question.client().readLine(MAX_LINE_BYTES);
      return read(question, endpoint, line, portThere, portHere);
    });
  }

  private static int checked(int port) {
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("a port is 1 to " + MAX_PORT + ", not " + port);
    }
    return port;
  }

  private static IdentOwner read(
      Question question, Endpoint endpoint, String line, int portThere, int portHere)
      throws IOException {
    String[] fields = split(line);
    String kind = fields[1].strip();
    if (kind.equals("ERROR") && !fields[2].isBlank()) {
      throw new ReplyException(endpoint, ASKING, fields[2].strip());
    }
    if (!kind.equals("USERID") || fields[3].isBlank()) {
      throw question.refused("an answer is a USERID or an ERROR (RFC 1413)", line);
    }
    if (!isPair(fields[0], portThere, portHere)) {
      throw question.refused("an answer repeats the ports (RFC 1413)", line);
    }
    return new IdentOwner(fields[2].strip(), fields[3].strip());
  }

  /** Four fields, of which the last may contain colons; missing ones are empty. */
  private static String[] split(String line) {
    String[] fields = {"", "", "", ""};
    int from = 0;
    for (int i = 0; i < fields.length && from <= line.length(); i++) {
      int colon = i < fields.length - 1 ? line.indexOf(':', from) : -1;
      int end = colon < 0 ? line.length() : colon;
      fields[i] = line.substring(from, end);
      from = end + 1;
    }
    return fields;
  }

  private static boolean isPair(String field, int portThere, int portHere) {
    int comma = field.indexOf(',');
    return comma > 0
        && Ascii.decimal(field.substring(0, comma).strip(), MAX_PORT) == portThere
        && Ascii.decimal(field.substring(comma + 1).strip(), MAX_PORT) == portHere;
  }
}
