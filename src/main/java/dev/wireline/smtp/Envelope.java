package dev.wireline.smtp;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whom a message comes from and whom it goes to, which need not be what its header says, and what the server is
 * asked besides. Immutable; each method gives another envelope.
 *
 * <pre>{@code
 * Envelope.of("joe@example.org", List.of("ann@example.net")).withNotices(DeliveryNotice.FAILURE)
 * }</pre>
 */
public final class Envelope {
  private final String from;
  private final List<String> to;
  private final String parameters;
  private final @Nullable String notices;
  private final boolean utf8;
  private final boolean requireTls;

  private Envelope(
      String from,
      List<String> to,
      String parameters,
      @Nullable String notices,
      boolean utf8,
      boolean requireTls) {
    this.from = from;
    this.to = to;
    this.parameters = parameters;
    this.notices = notices;
    this.utf8 = utf8;
    this.requireTls = requireTls;
  }

  /**
   * An envelope.
   *
   * @param from the bare address that gets what comes back; empty if nothing may come back
   * @param to the bare addresses of the recipients, one or more
   * @return the envelope
   * @throws IllegalArgumentException if there is no recipient, or an address has a control character, or a
   *     blank or an angle bracket outside quotes
   */
  public static Envelope of(String from, List<String> to) {
    MailPath.checked("a sender", Objects.requireNonNull(from, "from"));
    List<String> all = List.copyOf(Objects.requireNonNull(to, "to"));
    if (all.isEmpty()) {
      throw new IllegalArgumentException("an envelope has at least one recipient");
    }
    all.forEach(MailPath::recipient);
    return new Envelope(from, all, "", null, false, false);
  }

  /**
   * The same, with notices to the sender for these reasons alone (RFC 3461, NOTIFY).
   *
   * @param reasons the reasons; none for no notice at all
   * @return the envelope
   */
  public Envelope withNotices(DeliveryNotice... reasons) {
    Set<DeliveryNotice> set = EnumSet.noneOf(DeliveryNotice.class);
    set.addAll(List.of(Objects.requireNonNull(reasons, "reasons")));
    String names = set.stream().map(Enum::name).collect(Collectors.joining(","));
    return new Envelope(from, to, parameters, set.isEmpty() ? "NEVER" : names, utf8, requireTls);
  }

  /**
   * The same, with a name that a notice repeats (RFC 3461, ENVID), and how much of the message it brings back.
   *
   * @param id the name, 1 to 100 characters of printable ASCII
   * @param whole whether a notice has the whole message, and not only its header
   * @return the envelope
   * @throws IllegalArgumentException if it has another length, or other characters
   */
  public Envelope withId(String id, boolean whole) {
    String encoded = MailPath.xtext("an envelope id", Objects.requireNonNull(id, "id"));
    if (encoded.isEmpty() || encoded.length() > 100) {
      throw new IllegalArgumentException("an envelope id has 1 to 100 characters");
    }
    String added = " RET=" + (whole ? "FULL" : "HDRS") + " ENVID=" + encoded;
    return new Envelope(from, to, added, notices, utf8, requireTls);
  }

  /**
   * The same, for a message with UTF-8 in its header (RFC 6531). An address that is not ASCII needs it too, and
   * so does a message that can be read twice and has UTF-8 there: in both cases it is found without this.
   *
   * @return the envelope
   */
  public Envelope withUtf8() {
    return new Envelope(from, to, parameters, notices, true, requireTls);
  }

  /**
   * The same, for a message that no server may pass on without TLS (RFC 8689). Without TLS it is not sent.
   *
   * @return the envelope
   */
  public Envelope withRequiredTls() {
    return new Envelope(from, to, parameters, notices, utf8, true);
  }

  /**
   * Whom it comes from.
   *
   * @return the bare address, or an empty text
   */
  public String from() {
    return from;
  }

  /**
   * Whom it goes to.
   *
   * @return the bare addresses
   */
  public List<String> to() {
    return to;
  }

  /** Whether the server is asked for something of RFC 3461. */
  boolean asksForNotices() {
    return notices != null || !parameters.isEmpty();
  }

  String parameters() {
    return parameters;
  }

  Optional<String> notices() {
    return Optional.ofNullable(notices);
  }

  boolean needsUtf8() {
    return utf8 || !MailPath.isAscii(from) || !to.stream().allMatch(MailPath::isAscii);
  }

  boolean requiresTls() {
    return requireTls;
  }

  /**
   * The addresses.
   *
   * @return text for people to read
   */
  @Override
  public String toString() {
    return from + " to " + String.join(", ", to);
  }
}
