package dev.wireline.imap;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A mailbox of a listing (RFC 9051, section 7.3.1). Immutable.
 *
 * @param name its name, decoded: foreign text
 * @param delimiter what stands between the levels of a name; empty if there are no levels
 * @param attributes such as {@code \Noselect}, {@code \HasChildren} and, for a special use (RFC 6154), {@code \Sent}:
 *     foreign text
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
   * Whether it has an attribute.
   *
   * @param attribute the attribute with its backslash, in any case: {@code \Sent}
   * @return true if the server listed it
   */
  public boolean has(String attribute) {
    String wanted = Objects.requireNonNull(attribute, "attribute").toLowerCase(Locale.ROOT);
    return attributes.stream().anyMatch(each -> each.toLowerCase(Locale.ROOT).equals(wanted));
  }
}
