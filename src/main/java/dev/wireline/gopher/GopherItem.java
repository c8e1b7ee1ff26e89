package dev.wireline.gopher;

import dev.wireline.endpoint.Endpoint;
import java.util.Objects;
import java.util.Optional;

/**
 * One line of a menu (RFC 1436, section 3.8). Immutable; all of it is foreign text.
 *
 * @param type what it leads to: {@code 0} a text, {@code 1} a menu, {@code 7} a search, {@code i} a line to
 *     read, {@code h} often a {@link #url()}, and more
 * @param text what a person reads
 * @param selector what to ask for
 * @param host where; empty if the line does not say
 * @param port the port there; 0 if the line does not say
 */
public record GopherItem(char type, String text, String selector, String host, int port) {
  private static final String URL = "URL:";

  /**
   * A line of a menu.
   *
   * @param type as above
   * @param text as above
   * @param selector as above
   * @param host as above
   * @param port as above
   */
  public GopherItem {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(selector, "selector");
    Objects.requireNonNull(host, "host");
  }

  /**
   * Whether it is a line to read that leads nowhere.
   *
   * @return true for type {@code i}
   */
  public boolean isNote() {
    return type == 'i';
  }

  /**
   * Whether it says that something went wrong.
   *
   * @return true for type {@code 3}
   */
  public boolean isError() {
    return type == '3';
  }

  /**
   * Whether it leads to another menu.
   *
   * @return true for type {@code 1}
   */
  public boolean isMenu() {
    return type == '1';
  }

  /**
   * Whether it takes words and leads to a menu.
   *
   * @return true for type {@code 7}
   */
  public boolean isSearch() {
    return type == '7';
  }

  /**
   * Whether it leads to a text, which may end in a line with a dot.
   *
   * @return true for type {@code 0}
   */
  public boolean isText() {
    return type == '0';
  }

  /**
   * The address of something outside of Gopher, as a selector {@code URL:https://...} has it.
   *
   * @return foreign text; empty for any other selector and type than {@code h}
   */
  public Optional<String> url() {
    return type == 'h' && selector.startsWith(URL)
        ? Optional.of(selector.substring(URL.length()))
        : Optional.empty();
  }

  /**
   * The server that it leads to. A menu may name any: look before you follow where that may do harm.
   *
   * @return the place, without TLS; empty if the line names no host and port
   */
  public Optional<Endpoint> endpoint() {
    try {
      return Optional.of(Endpoint.tcp(host, port));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
