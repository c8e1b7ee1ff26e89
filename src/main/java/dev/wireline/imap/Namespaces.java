package dev.wireline.imap;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The namespaces of mailboxes (RFC 9051, section 6.3.10). Immutable.
 *
 * @param personal those of the user
 * @param others those of other users
 * @param shared those of everybody
 */
public record Namespaces(List<Namespace> personal, List<Namespace> others, List<Namespace> shared) {
  /**
   * Creates the namespaces.
   *
   * @param personal as above
   * @param others as above
   * @param shared as above
   */
  public Namespaces {
    personal = List.copyOf(Objects.requireNonNull(personal, "personal"));
    others = List.copyOf(Objects.requireNonNull(others, "others"));
    shared = List.copyOf(Objects.requireNonNull(shared, "shared"));
  }

  /**
   * One namespace. Immutable.
   *
   * @param prefix the prefix of names in it; may be empty: text from the server
   * @param delimiter the separator between the levels of a name; empty if there are no levels
   */
  public record Namespace(String prefix, Optional<String> delimiter) {
    /**
     * Creates a namespace.
     *
     * @param prefix as above
     * @param delimiter as above
     */
    public Namespace {
      Objects.requireNonNull(prefix, "prefix");
      Objects.requireNonNull(delimiter, "delimiter");
    }
  }
}
