package dev.wireline.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.line.Blocks;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Message;
import dev.wireline.line.ReplyException;
import java.io.IOException;

/**
 * A client of a measuring instrument that speaks SCPI over TCP.
 *
 * <p>An instrument does not answer a command, and keeps its complaints in a queue: so each command and
 * each query is followed by a look into it, and what it holds is a {@link Complaint}. A query that an
 * instrument does not understand has no answer, and ends with the client's silence timeout.
 *
 * <p>Not thread-safe; {@code close()} may be called from any thread.
 */
public final class Scpi extends LineClient {
  private static final int PORT = 5025;
  private static final int MAX_COMPLAINTS = 100;
  private static final int MAX_CODE_LENGTH = 6;

  private final Blocks blocks = Blocks.of(this);

  public Scpi(String endpoint) {
    super(endpoint, PORT);
  }

  public Scpi(Endpoint endpoint, LineOptions options) {
    super(endpoint, options);
  }

  /** Its commands alone speak: a line from outside would leave an answer behind for the next of them. */
  @Override
  protected boolean speaksLines() {
    return false;
  }

  /** The instrument complained; the connection goes on. */
  public static final class Complaint extends ReplyException {
    private static final long serialVersionUID = 1;
    private final int code;

    Complaint(Endpoint endpoint, int code, String line) {
      super(endpoint, Activity.READING, "the instrument complained:", line);
      this.code = code;
    }

    /** The number of the complaint: negative ones are of the standard, positive ones its own. */
    public int code() {
      return code;
    }
  }

  /** Who the instrument is: maker, model, serial number and firmware. */
  public String identity() throws IOException {
    return query("*IDN?");
  }

  /** The voltage now, in volts. */
  public double voltage() throws IOException {
    Message query = Message.of().line("MEAS:VOLT?");
    return exchange(() -> number(asked(query)));
  }

  /** Sends a command that has no answer. */
  public void command(String command) throws IOException {
    check(!isQuery(command), "a command that is a query has an answer");
    Message line =
        Message.of().line(command); // a line end in it is found before anybody is dialled
    exchange(() -> {
      line.writeTo(this);
      return withoutComplaint(command);
    });
  }

  /** Asks something that is answered with a line. */
  public String query(String query) throws IOException {
    check(isQuery(query), "a query has a ? behind its first word");
    Message line = Message.of().line(query);
    return exchange(() -> asked(line));
  }

  /** Asks something that is answered with a block of bytes, such as a picture of the screen. */
  public byte[] block(String query) throws IOException {
    check(isQuery(query), "a query has a ? behind its first word");
    Message line = Message.of().line(query);
    return exchange(() -> {
      line.writeTo(this);
      byte[] block = readBlock();
      return withoutComplaint(block);
    });
  }

  private String asked(Message query) throws IOException {
    query.writeTo(this);
    String answer = readLine();
    return withoutComplaint(answer);
  }

  /** Reads a block of definite length: {@code #}, how many digits, the digits, the bytes, a line end. */
  private byte[] readBlock() throws IOException {
    byte[] start = read(2);
    if (start[0] != '#' || start[1] < '1' || start[1] > '9') {
      throw malformed("a block starts with # and a digit from 1 (IEEE 488.2)", start);
    }
    byte[] digits = read(start[1] - '0');
    return blocks.readLine(blocks.parseLength(new String(digits, US_ASCII)));
  }

  private double number(String answer) throws IOException {
    if (hasOnly("+-.0123456789Ee", answer)) {
      try {
        return Double.parseDouble(answer);
      } catch (NumberFormatException e) {
        // Said below, with the answer.
      }
    }
    throw malformed("a measured value is a decimal number", answer);
  }

  /** Empties the queue, so that the next command meets its own complaints, and throws the first. */
  private <T> T withoutComplaint(T answer) throws IOException {
    Complaint first = null;
    for (int i = 0; i < MAX_COMPLAINTS; i++) {
      writeLine("SYST:ERR?");
      String line = readLine();
      int code = codeIn(line);
      if (code == 0 && first == null) {
        return answer;
      }
      if (code == 0) {
        throw first;
      }
      first = first == null ? new Complaint(endpoint(), code, line) : first;
    }
    throw exceeded("maxComplaints", MAX_COMPLAINTS);
  }

  /** The number in {@code -113,"Undefined header"}. */
  private int codeIn(String line) throws IOException {
    int comma = line.indexOf(',');
    if (comma > 0
        && comma <= MAX_CODE_LENGTH
        && hasOnly("+-0123456789", line.substring(0, comma))) {
      try {
        return Integer.parseInt(line.substring(0, comma));
      } catch (NumberFormatException e) {
        // Said below, with the line.
      }
    }
    throw malformed("an entry of the queue is a number, a comma and a text", line);
  }

  private static boolean hasOnly(String allowed, String text) {
    return text.chars().allMatch(c -> allowed.indexOf(c) >= 0);
  }

  private static boolean isQuery(String line) {
    int space = line.indexOf(' ');
    return line.substring(0, space < 0 ? line.length() : space).endsWith("?");
  }

  private static void check(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
