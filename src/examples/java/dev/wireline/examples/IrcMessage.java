package dev.wireline.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A message of IRC (RFC 2812, section 2.3.1). Immutable.
 *
 * @param prefix who says it, a server's name or {@code nick!user@host}; may be empty
 * @param command a word, or three digits for a reply
 * @param parameters what stands behind it; the last one may have blanks
 */
public record IrcMessage(String prefix, String command, List<String> parameters) {
  public IrcMessage {
    parameters = List.copyOf(parameters);
  }

  /** Reads a message, or finds that the line is none. */
  public static Optional<IrcMessage> parse(String line) {
    if (line.indexOf('\0') >= 0 || line.indexOf('\r') >= 0) {
      return Optional.empty();
    }
    String prefix = "";
    String rest = line;
    if (line.startsWith(":")) {
      prefix = firstWord(line).substring(1);
      rest = behind(line, firstWord(line));
    }
    String command = firstWord(rest);
    List<String> parameters = new ArrayList<>();
    for (rest = behind(rest, command); !rest.isEmpty(); ) {
      String next = rest.startsWith(":") ? rest : firstWord(rest);
      parameters.add(rest.startsWith(":") ? rest.substring(1) : next);
      rest = behind(rest, next);
    }
    return command.isEmpty() || command.startsWith(":")
        ? Optional.empty()
        : Optional.of(new IrcMessage(prefix, command, parameters));
  }

  private static String firstWord(String text) {
    int space = text.indexOf(' ');
    return space < 0 ? text : text.substring(0, space);
  }

  private static String behind(String text, String word) {
    int at = word.length();
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return text.substring(at);
  }

  /** Whether it is a reply that says no (RFC 2812, section 5.2), or a farewell of the server. */
  public boolean isError() {
    return command.equals("ERROR")
        || (command.length() == 3 && (command.startsWith("4") || command.startsWith("5")));
  }

  /** The nick in the prefix; the whole prefix where it is a server's. */
  public String nick() {
    int mark = prefix.indexOf('!');
    return mark < 0 ? prefix : prefix.substring(0, mark);
  }

  /** The last parameter: what was said; empty where there is none. */
  public String text() {
    return parameters.isEmpty() ? "" : parameters.get(parameters.size() - 1);
  }
}
