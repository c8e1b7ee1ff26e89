package dev.wireline.line;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a server says it can do: the lines of EHLO, CAPA, CAPABILITIES and FEAT, or the words of IMAP's
 * CAPABILITY. Immutable.
 *
 * <pre>{@code
 * // S: 250-SIZE 10240000
 * // S: 250-AUTH PLAIN SCRAM-SHA-256
 * capabilities.has("STARTTLS");                   // false
 * capabilities.parameters("SIZE");                // [10240000]
 * capabilities.has("AUTH", "plain");              // true
 * }</pre>
 *
 * <p>Names and parameters are compared ignoring case, and shown as the server wrote them. A name that occurs
 * twice has the parameters of both. <b>Lenient:</b> leading, trailing and repeated spaces are allowed, since
 * servers send all three.
 */
public final class Capabilities {
  private static final Capabilities NONE = new Capabilities(Map.of());

  /** By the name in upper case, in the order in which they came. */
  private final Map<String, Entry> entries;

  private record Entry(String name, List<String> parameters) {}

  private Capabilities(Map<String, Entry> entries) {
    this.entries = entries;
  }

  /**
   * No capabilities, for a server that was not asked or does not say.
   *
   * @return no capabilities
   */
  public static Capabilities none() {
    return NONE;
  }

  /**
   * Capabilities that come as lines, each a name and its parameters separated by spaces.
   *
   * @param lines the lines, without codes and line ends; empty ones are ignored
   * @return the capabilities
   */
  public static Capabilities ofLines(Collection<String> lines) {
    Objects.requireNonNull(lines, "lines");
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (String line : lines) {
      List<String> words = words(line);
      if (!words.isEmpty()) {
        add(entries, words.get(0), words.subList(1, words.size()));
      }
    }
    return new Capabilities(Collections.unmodifiableMap(entries));
  }

  /**
   * Capabilities that come as words of one line, where {@code NAME=VALUE} is a name with a parameter: {@code
   * IMAP4rev1 IDLE AUTH=PLAIN AUTH=LOGIN}.
   *
   * @param line the words, separated by spaces
   * @return the capabilities
   */
  public static Capabilities ofWords(String line) {
    Objects.requireNonNull(line, "line");
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (String word : words(line)) {
      int sign = word.indexOf('=');
      if (sign > 0) {
        add(entries, word.substring(0, sign), List.of(word.substring(sign + 1)));
      } else {
        add(entries, word, List.of());
      }
    }
    return new Capabilities(Collections.unmodifiableMap(entries));
  }

  private static void add(Map<String, Entry> entries, String name, List<String> parameters) {
    Entry known = entries.get(key(name));
    List<String> all = new ArrayList<>(known == null ? List.of() : known.parameters);
    all.addAll(parameters);
    entries.put(key(name), new Entry(known == null ? name : known.name, List.copyOf(all)));
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= line.length(); i++) {
      if (i == line.length() || line.charAt(i) == ' ' || line.charAt(i) == '\t') {
        if (i > start) {
          words.add(line.substring(start, i));
        }
        start = i + 1;
      }
    }
    return words;
  }

  private static String key(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  /**
   * Whether the server has a capability.
   *
   * @param name its name, in any case
   * @return true if the server listed it
   */
  public boolean has(String name) {
    Objects.requireNonNull(name, "name");
    return entries.containsKey(key(name));
  }

  /**
   * Whether the server has a capability with a parameter, such as a mechanism of AUTH.
   *
   * @param name its name, in any case
   * @param parameter one of its parameters, in any case
   * @return true if the server listed both together
   */
  public boolean has(String name, String parameter) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(parameter, "parameter");
    Objects.requireNonNull(parameter, "parameter");
    return parameters(name).stream().anyMatch(parameter::equalsIgnoreCase);
  }

  /**
   * The parameters of a capability.
   *
   * @param name its name, in any case
   * @return the words that came with it, in their order: text from the peer; empty if there are none, or the
   *     server does not have it
   */
  public List<String> parameters(String name) {
    Objects.requireNonNull(name, "name");
    Entry entry = entries.get(key(name));
    return entry == null ? List.of() : entry.parameters;
  }

  /**
   * The names of all capabilities.
   *
   * @return the names in upper case, in the order in which they came: text from the peer
   */
  public Set<String> names() {
    return entries.keySet();
  }

  /**
   * The capabilities as text.
   *
   * @return the names and their parameters as the server wrote them, separated by commas: text from the peer
   */
  @Override
  public String toString() {
    List<String> shown = new ArrayList<>();
    for (Entry entry : entries.values()) {
      shown.add(
          entry.parameters.isEmpty()
              ? entry.name
              : entry.name + " " + String.join(" ", entry.parameters));
    }
    return String.join(", ", shown);
  }
}
