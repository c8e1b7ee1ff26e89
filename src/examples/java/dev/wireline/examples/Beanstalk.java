package dev.wireline.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.line.Blocks;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Message;
import dev.wireline.line.ReplyException;
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
      return number(behind("INSERTED", readLine()));
    });
  }

  /** Waits for a job, so long at most; a DEADLINE_SOON for one that is held is a ReplyException. */
  public Optional<Job> reserve(Duration timeout) throws IOException {
    String command = "reserve-with-timeout " + checked(timeout.toSeconds());
    // The server may be silent for as long as it was asked to wait, and then as for any answer.
    Duration patience = timeout.plus(options().dialer().silenceTimeout());
    return exchange(() -> {
      writeLine(command);
      String line = pollLine(patience).orElseThrow(() -> late(patience));
      if (line.equals("TIMED_OUT")) {
        return Optional.empty();
      }
      String[] words = behind("RESERVED", line).split(" ", 2);
      if (words.length != 2) {
        throw malformed("a job is RESERVED with its number and its length", line);
      }
      return Optional.of(new Job(number(words[0]), blocks.readLine(blocks.length(words[1]))));
    });
  }

  /** Removes a job that was done; false where there is none of that number. */
  public boolean delete(long id) throws IOException {
    return exchange(() -> {
      writeLine("delete " + id);
      String line = readLine();
      return !line.equals("NOT_FOUND") && behind("DELETED", line).isEmpty();
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
      byte[] yaml = blocks.readLine(blocks.length(behind("OK", readLine())));
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
      return behind(expected, readLine());
    });
  }

  /** What stands behind the expected word. */
  private String behind(String expected, String line) throws IOException {
    int space = line.indexOf(' ');
    String word = space < 0 ? line : line.substring(0, space);
    if (REFUSALS.contains(word)) {
      throw refused(line);
    }
    if (!word.equals(expected)) {
      throw malformed("the answer starts with " + expected, line);
    }
    return line.substring(space < 0 ? line.length() : space + 1);
  }

  private long number(String text) throws IOException {
    if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw malformed("a job has a number", text);
    }
    return Long.parseLong(text);
  }

  private DeadlineExceededException late(Duration waited) {
    return new DeadlineExceededException(
        endpoint(), Activity.READING, Phase.READ, null, "no answer within " + waited, waited);
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
