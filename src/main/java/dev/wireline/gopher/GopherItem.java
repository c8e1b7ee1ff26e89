package dev.wireline.gopher;

import dev.wireline.endpoint.Endpoint;
import java.util.Objects;
import java.util.Optional;

/**
 * One line of a menu (RFC 1436, section 3.8). Immutable; all of it is text from the server.
 *
 * @param type what it leads to: {@code 0} a text, {@code 1} a menu, {@code 7} a search, {@code i} a line to
 *     read, {@code h} often a {@link #url()}, and more
 * @param text the text to display
 * @param selector what to ask for
 * @param host the host; empty if the line does not name one
 * @param port the port; 0 if the line does not name one
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
   * Whether it is only text that leads nowhere.
   *
   * @return true for type {@code i}
   */
  public boolean isNote() {
    return type == 'i';
  }

  /**
   * Whether it reports an error.
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
   * Whether it is a search, which takes words and leads to a menu.
   *
   * @return true for type {@code 7}
   */
  public boolean isSearch() {
    return type == '7';
  }

  /**
   * Whether it leads to a text, which may end with a line consisting of a dot.
   *
   * @return true for type {@code 0}
   */
  public boolean isText() {
    return type == '0';
  }

  /**
   * The URL of something outside of Gopher, from a selector {@code URL:https://...}.
   *
   * @return text from the server; empty for any other selector, and for types other than {@code h}
   */
  public Optional<String> url() {
    return type == 'h' && selector.startsWith(URL)
        ? Optional.of(selector.substring(URL.length()))
        : Optional.empty();
  }

  /**
   * The server that it leads to. A menu may name any server, so check it before you follow if that could do
   * harm.
   *
   * @return the endpoint, without TLS; empty if the line names no valid host and port
   */
  public Optional<Endpoint> endpoint() {
    try {
      return Optional.of(Endpoint.tcp(host, port));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
