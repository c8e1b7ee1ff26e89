package dev.wireline.smtp;

import dev.wireline.error.Activity;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An LMTP server had answered for some recipients when the connection ended: those who were {@link #accepted()} have
 * the message. The {@linkplain #getCause() cause} is what ended it; the client is BROKEN.
 */
public final class PartialDeliveryException extends WirelineException {
  private static final long serialVersionUID = 1;
  private static final Activity ANSWERS =
      new Activity(Phase.READ, "reading the answers for recipients from");

  private final transient List<String> accepted;
  private final transient Map<String, SmtpException> refused;
  private final transient List<String> unanswered;

  PartialDeliveryException(
      List<String> accepted,
      Map<String, SmtpException> refused,
      List<String> unanswered,
      WirelineException cause) {
    super(
        cause.endpoint(),
        ANSWERS,
        cause.phase(),
        accepted.size() + " have the message, " + refused.size() + " do not, of "
            + unanswered.size() + " nobody knows (" + cause.getMessage() + ")",
        false,
        cause);
    this.accepted = List.copyOf(accepted);
    this.refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
    this.unanswered = List.copyOf(unanswered);
  }

  /**
   * Who has the message.
   *
   * @return the recipients with a yes, in the order of the envelope; null in an exception that was serialized
   */
  public List<String> accepted() {
    return accepted;
  }

  /**
   * Who does not have it.
   *
   * @return the recipients with the server's no to each; null in an exception that was serialized
   */
  public Map<String, SmtpException> refused() {
    return refused;
  }

  /**
   * Who may have it or not: the answer did not come. Whoever sends to them again may send twice.
   *
   * @return the recipients in the order of the envelope, perhaps none; null in an exception that was serialized
   */
  public List<String> unanswered() {
    return unanswered;
  }
}
