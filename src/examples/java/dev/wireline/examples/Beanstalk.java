package dev.wireline.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.Blocks;
import dev.wireline.line.Dialogue;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Message;
import dev.wireline.line.ReplyException;
import dev.wireline.line.Steps;
import dev.wireline.line.Words;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A client of the work queue beanstalkd.
 *
 * <p>An answer such as {@code JOB_TOO_BIG} is a {@link ReplyException}, and the connection goes on. Not
 * thread-safe; {@code close()} may be called from any thread.
 */
public final class Beanstalk extends LineClient {
  private static final int PORT = 11300;
  private static final int MAX_TUBE_LENGTH = 200;
  private static final long MAX_NUMBER = (1L << 32) - 1;
  private static final Set<String> REFUSALS = Set.of(
      "OUT_OF_MEMORY",
      "INTERNAL_ERROR",
      "BAD_FORMAT",
      "UNKNOWN_COMMAND",
      "JOB_TOO_BIG",
      "DRAINING",
      "BURIED",
      "DEADLINE_SOON",
      "NOT_FOUND",
      "NOT_IGNORED");

  private final Blocks blocks = Blocks.of(this);

  public Beanstalk(String endpoint) {
    super(endpoint, PORT);
  }

  public Beanstalk(Endpoint endpoint, LineOptions options) {
    super(endpoint, options);
  }

  /** Its commands alone speak: a line from outside would leave an answer behind for the next of them. */
  @Override
  protected boolean speaksLines() {
    return false;
  }

  /** Work that was taken from the queue, and is this client's until its time to run is over. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Job(long id, byte[] body) {}

  /** Says into which tube jobs are put from now on. */
  public void use(String tube) throws IOException {
    ask("use " + checked(tube), "USING");
  }

  /** Takes jobs from this tube too. */
  public void watch(String tube) throws IOException {
    ask("watch " + checked(tube), "WATCHING");
  }

  /** Takes no more jobs from this tube; the last one cannot be left. */
  public void ignore(String tube) throws IOException {
    ask("ignore " + checked(tube), "WATCHING");
  }

  /** Puts a job that can be taken at once; gives its number. */
  public long put(byte[] body, long priority, Duration timeToRun) throws IOException {
    String line = "put " + checked(priority) + " 0 " + checked(timeToRun.toSeconds());
    Message put = Message.of().line(line + " " + body.length).data(body).line("");
    return exchange(() -> {
      put.writeTo(this);
      Words words = behind("INSERTED", readLine());
      long id = words.number(0, Long.MAX_VALUE);
      words.end();
      return id;
    });
  }

  /** Waits for a job, so long at most; a DEADLINE_SOON for one that is held is a ReplyException. */
  public Optional<Job> reserve(Duration timeout) throws IOException {
    String command = "reserve-with-timeout " + checked(timeout.toSeconds());
    // The server may be silent for as long as it was asked to wait, and then as for any answer.
    Duration patience = timeout.plus(options().dialer().silenceTimeout());
    Steps<Optional<Job>> steps = () -> {
      writeLine(command);
      String line = readLine();
      if (line.equals("TIMED_OUT")) {
        return Optional.empty();
      }
      Words words = behind("RESERVED", line);
      long id = words.number(0, Long.MAX_VALUE);
      return Optional.of(new Job(id, blocks.readLine(blocks.parseLength(last(words)))));
    };
    return exchange(() -> Dialogue.of(this).patient(patience, steps));
  }

  /** Removes a job that was done; false where there is none of that number. */
  public boolean delete(long id) throws IOException {
    return exchange(() -> {
      writeLine("delete " + id);
      String line = readLine();
      if (line.equals("NOT_FOUND")) {
        return false;
      }
      behind("DELETED", line).end();
      return true;
    });
  }

  /** What the server counts, as it names it. */
  public Map<String, String> stats() throws IOException {
    return statsOf("stats");
  }

  /** What the server counts of a tube. */
  public Map<String, String> stats(String tube) throws IOException {
    return statsOf("stats-tube " + checked(tube));
  }

  private Map<String, String> statsOf(String command) throws IOException {
    return exchange(() -> {
      writeLine(command);
      byte[] yaml = blocks.readLine(blocks.parseLength(last(behind("OK", readLine()))));
      Map<String, String> found = new LinkedHashMap<>();
      for (String line : new String(yaml, UTF_8).lines().skip(1).toList()) {
        int colon = line.indexOf(": ");
        if (colon < 0) {
          throw malformed("a line of statistics is a name, a colon and a value", line);
        }
        found.put(line.substring(0, colon), line.substring(colon + 2));
      }
      return found;
    });
  }

  private String ask(String command, String expected) throws IOException {
    return exchange(() -> {
      writeLine(command);
      return last(behind(expected, readLine()));
    });
  }

  /** The words behind the expected one. */
  private Words behind(String expected, String line) throws IOException {
    if (!line.isEmpty() && REFUSALS.contains(Words.of(this, line).next())) {
      throw refused(line);
    }
    return Words.of(this, line).expect(expected);
  }

  private static String last(Words words) throws IOException {
    String last = words.next();
    words.end();
    return last;
  }

  private static long checked(long number) {
    if (number < 0 || number > MAX_NUMBER) {
      throw new IllegalArgumentException("a priority and a number of seconds have 32 bits");
    }
    return number;
  }

  private static String checked(String tube) {
    boolean fine = tube.chars()
        .allMatch(c -> (c >= '0' && c <= '9')
            || (c >= 'a' && c <= 'z')
            || (c >= 'A' && c <= 'Z')
            || "-+/;.$_()".indexOf(c) >= 0);
    if (tube.isEmpty() || tube.length() > MAX_TUBE_LENGTH || tube.startsWith("-") || !fine) {
      throw new IllegalArgumentException(
          "a tube's name has 1 to 200 letters, digits and -+/;.$_(), and no hyphen first");
    }
    return tube;
  }
}
