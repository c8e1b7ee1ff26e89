package dev.wireline.imap;

import java.util.Objects;

/**
 * An address of an envelope, as the server read it out of the header. Immutable.
 *
 * @param name the name, encoded as in the header (RFC 2047); may be empty: foreign text
 * @param mailbox what stands before the {@code @}: foreign text
 * @param host what stands behind it; may be empty: foreign text
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
   * @return such as {@code joe@example.org}: foreign text
   */
  public String email() {
    return host.isEmpty() ? mailbox : mailbox + "@" + host;
  }
}
