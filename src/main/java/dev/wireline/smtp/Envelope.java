package dev.wireline.smtp;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The sender and recipients of a message, which may differ from its header, and delivery options. Immutable;
 * each method returns another envelope.
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
   * Creates an envelope.
   *
   * @param from the bare address for bounces; empty for none
   * @param to the bare addresses of the recipients, at least one
   * @return the envelope
   * @throws IllegalArgumentException if there is no recipient, or an address has a control character, or a
   *     space or an angle bracket outside quotes
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
   * This envelope with notifications to the sender only for these reasons (RFC 3461, NOTIFY).
   *
   * @param reasons the reasons; none for no notification at all
   * @return the envelope
   */
  public Envelope withNotices(DeliveryNotice... reasons) {
    Set<DeliveryNotice> set = EnumSet.noneOf(DeliveryNotice.class);
    set.addAll(List.of(Objects.requireNonNull(reasons, "reasons")));
    String names = set.stream().map(Enum::name).collect(Collectors.joining(","));
    return new Envelope(from, to, parameters, set.isEmpty() ? "NEVER" : names, utf8, requireTls);
  }

  /**
   * This envelope with an id that notifications repeat (RFC 3461, ENVID), and how much of the message they
   * return.
   *
   * @param id the id, 1 to 100 characters of printable ASCII
   * @param whole true if a notification should return the whole message, false for only its header
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
   * This envelope for a message with UTF-8 in its header (RFC 6531). You need this only for a message that can
   * be read once: non-ASCII addresses, and UTF-8 in the header of a repeatable message, are detected
   * automatically.
   *
   * @return the envelope
   */
  public Envelope withUtf8() {
    return new Envelope(from, to, parameters, notices, true, requireTls);
  }

  /**
   * This envelope for a message that no server may relay without TLS (RFC 8689). Without TLS it is not sent.
   *
   * @return the envelope
   */
  public Envelope withRequiredTls() {
    return new Envelope(from, to, parameters, notices, utf8, true);
  }

  /**
   * The sender.
   *
   * @return the bare address, or an empty string
   */
  public String from() {
    return from;
  }

  /**
   * The recipients.
   *
   * @return the bare addresses
   */
  public List<String> to() {
    return to;
  }

  /** Whether it asks the server for something of RFC 3461. */
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
