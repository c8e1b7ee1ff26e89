package dev.wireline.http;

import dev.wireline.endpoint.Endpoint;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the words of a netrc file. Not thread-safe. */
final class NetrcParser {
  private static final String NOWHERE = " ";

  private final String text;
  private final Map<String, Credentials> logins = new HashMap<>();
  private int at;

  private @Nullable String host;
  private String user = "";
  private String password = "";

  NetrcParser(String text) {
    this.text = text;
  }

  Map<String, Credentials> logins() {
    while (skipBlanks()) {
      if (text.charAt(at) == '#') {
        skipLine();
        continue;
      }
      String keyword = word();
      switch (keyword) {
        case "machine" -> begin(canonical(value(keyword)));
        case "default" -> begin("");
        case "login" -> user = value(keyword);
        case "password" -> password = value(keyword);
        case "account" -> value(keyword);
        case "macdef" -> skipMacro();
        default -> throw refused("a word that is not a keyword; quote a value with a blank in it");
      }
      if (host == null && !keyword.equals("macdef")) {
        throw refused(keyword + " before the first machine");
      }
    }
    end();
    return logins;
  }

  private void begin(String next) {
    end();
    host = next;
    user = "";
    password = "";
  }

  private void end() {
    if (host == null || (user.isEmpty() && password.isEmpty())) {
      return;
    }
    try {
      logins.putIfAbsent(host, Credentials.basic(user, password));
    } catch (IllegalArgumentException e) {
      // The message says what is wrong with which of them, but shows neither.
      throw refused(e.getMessage());
    }
  }

  /** The host as URLs spell it, or something that no URL has. */
  private static String canonical(String machine) {
    try {
      return Endpoint.tcp(machine, 443).host();
    } catch (IllegalArgumentException e) {
      return NOWHERE;
    }
  }

  private String value(String keyword) {
    if (!skipBlanks()) {
      throw refused(keyword + " without a value");
    }
    return word();
  }

  private String word() {
    if (text.charAt(at) == '"') {
      return quoted();
    }
    int start = at;
    while (at < text.length() && !isBlank(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private String quoted() {
    StringBuilder word = new StringBuilder();
    for (at++; at < text.length() && text.charAt(at) != '\n'; at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return word.toString();
      }
      if (c == '\\' && at + 1 < text.length()) {
        c = text.charAt(++at);
      }
      word.append(c);
    }
    throw refused("a quoted word without its end");
  }

  /** Goes to the next word; false if there is none. */
  private boolean skipBlanks() {
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
    return at < text.length();
  }

  private void skipLine() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end;
  }

  /** A macro ends before an empty line. */
  private void skipMacro() {
    do {
      skipLine();
      at = Math.min(at + 1, text.length());
    } while (at < text.length() && !text.startsWith("\n", at) && !text.startsWith("\r\n", at));
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private IllegalArgumentException refused(@Nullable String problem) {
    long line = 1 + text.substring(0, at).chars().filter(c -> c == '\n').count();
    return new IllegalArgumentException("netrc, line " + line + ": " + problem);
  }
}
