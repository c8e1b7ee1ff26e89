package dev.wireline.imap;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A mailbox in a listing (RFC 9051, section 7.3.1). Immutable.
 *
 * @param name its name, decoded: text from the server
 * @param delimiter the separator between the levels of a name; empty if there are no levels
 * @param attributes such as {@code \Noselect}, {@code \HasChildren} and, for a special use (RFC 6154), {@code
 *     \Sent}: text from the server
 */
public record Mailbox(String name, Optional<String> delimiter, Set<String> attributes) {
  /**
   * A mailbox.
   *
   * @param name as above
   * @param delimiter as above
   * @param attributes as above
   */
  public Mailbox {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(delimiter, "delimiter");
    attributes = Set.copyOf(Objects.requireNonNull(attributes, "attributes"));
  }

  /**
   * Whether the mailbox has an attribute.
   *
   * @param attribute the attribute with its backslash, in upper or lower case: {@code \Sent}
   * @return true if the server listed it
   */
  public boolean has(String attribute) {
    String wanted = Objects.requireNonNull(attribute, "attribute").toLowerCase(Locale.ROOT);
    return attributes.stream().anyMatch(each -> each.toLowerCase(Locale.ROOT).equals(wanted));
  }
}
