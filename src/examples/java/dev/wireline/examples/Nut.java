package dev.wireline.examples;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.Command;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.line.ReplyException;
import dev.wireline.line.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A client of Network UPS Tools (RFC 9271): asks about power supplies, and sets their variables.
 *
 * <p>An answer such as {@code ERR UNKNOWN-UPS} is a {@link ReplyException}, and the connection goes on.
 * Not thread-safe; {@code close()} may be called from any thread.
 */
public final class Nut extends LineClient {
  private static final int PORT = 3493;
  private static final int MAX_ENTRIES = 10_000;

  public Nut(String endpoint) {
    super(endpoint, PORT);
  }

  public Nut(Endpoint endpoint, LineOptions options) {
    super(endpoint, options);
  }

  /** Its commands alone speak: a line from outside would leave an answer behind for the next of them. */
  @Override
  protected boolean speaksLines() {
    return false;
  }

  /** The power supplies that the server knows: each name with its description. */
  public Map<String, String> list() throws IOException {
    return listOf("UPS");
  }

  /** All variables of a power supply. */
  public Map<String, String> variables(String ups) throws IOException {
    return listOf("VAR " + checked(ups));
  }

  /** One variable of a power supply. */
  public String variable(String ups, String name) throws IOException {
    String what = "VAR " + checked(ups) + " " + checked(name);
    return exchange(() -> {
      writeLine("GET " + what);
      return wordsBehind(what, answer(), 1).get(0);
    });
  }

  /** Proves who one is; whether it was believed shows in the first command that needs it. */
  public void login(String user, String password) throws IOException {
    command(Command.of("USERNAME").quoted(user));
    command(Command.of("PASSWORD").secretQuoted(password));
  }

  /** Sets a variable. */
  public void set(String ups, String name, String value) throws IOException {
    command(Command.of("SET").atom("VAR").atom(checked(ups)).atom(checked(name)).quoted(value));
  }

  private void command(Command command) throws IOException {
    exchange(() -> {
      command.writeTo(this);
      return expect("OK");
    });
  }

  private Map<String, String> listOf(String what) throws IOException {
    return exchange(() -> {
      writeLine("LIST " + what);
      expect("BEGIN LIST " + what);
      Map<String, String> found = new LinkedHashMap<>();
      for (String line = answer(); !line.equals("END LIST " + what); line = answer()) {
        if (found.size() == MAX_ENTRIES) {
          throw exceeded("maxEntries", MAX_ENTRIES);
        }
        List<String> words = wordsBehind(what, line, 2);
        if (found.put(words.get(0), words.get(1)) != null) {
          throw malformed("a name stands in a list once", line);
        }
      }
      return found;
    });
  }

  /** Reads a line that is no error. */
  private String answer() throws IOException {
    String line = readLine();
    if (line.startsWith("ERR ")) {
      throw refused(line);
    }
    return line;
  }

  private String expect(String wanted) throws IOException {
    String line = answer();
    if (!line.equals(wanted)) {
      throw malformed("the line must be \"" + wanted + "\"", line);
    }
    return line;
  }

  /** The words behind a known beginning. */
  private List<String> wordsBehind(String start, String line, int count) throws IOException {
    Words words = Words.of(this, line);
    for (String known : start.split(" ", -1)) {
      words.expect(known);
    }
    List<String> found = new ArrayList<>();
    while (found.size() < count) {
      found.add(words.quoted());
    }
    words.end();
    return found;
  }

  /** A quote that is opened in a name would go on into the next line. */
  private static String checked(String name) {
    boolean fine = name.chars()
        .allMatch(c -> (c >= '0' && c <= '9')
            || (c >= 'a' && c <= 'z')
            || (c >= 'A' && c <= 'Z')
            || c == '.'
            || c == '-'
            || c == '_');
    if (name.isEmpty() || !fine) {
      throw new IllegalArgumentException("a name has letters, digits, dots, hyphens and _ alone");
    }
    return name;
  }
}
