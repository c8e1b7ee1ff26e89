package dev.wireline.imap;

import java.util.Objects;

/**
 * An address in an envelope, as the server parsed it from the header. Immutable.
 *
 * @param name the name, encoded as in the header (RFC 2047); may be empty: text from the server
 * @param mailbox the part before the {@code @}: text from the server
 * @param host the part after it; may be empty: text from the server
 */
public record ImapAddress(String name, String mailbox, String host) {
  /**
   * An address.
   *
   * @param name as above
   * @param mailbox as above
   * @param host as above
   */
  public ImapAddress {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(mailbox, "mailbox");
    Objects.requireNonNull(host, "host");
  }

  /**
   * The address without its name.
   *
   * @return such as {@code joe@example.org}: text from the server
   */
  public String email() {
    return host.isEmpty() ? mailbox : mailbox + "@" + host;
  }
}
