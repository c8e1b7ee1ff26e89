package dev.wireline.smtp;

import dev.wireline.line.Reply;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The result for a message that was accepted for at least one recipient. Immutable.
 *
 * @param reply the server's reply when it accepted the message; with LMTP, its reply for the first accepted
 *     recipient
 * @param accepted the recipients for whom it was accepted, in the order of the envelope
 * @param refused the others, each with the server's refusal
 */
public record Delivery(Reply reply, List<String> accepted, Map<String, SmtpException> refused) {
  /**
   * A delivery.
   *
   * @param reply as above
   * @param accepted as above
   * @param refused as above
   */
  public Delivery {
    Objects.requireNonNull(reply, "reply");
    accepted = List.copyOf(Objects.requireNonNull(accepted, "accepted"));
    refused = Collections.unmodifiableMap(
        new LinkedHashMap<>(Objects.requireNonNull(refused, "refused")));
  }

  /**
   * Requires that it was accepted for every recipient.
   *
   * @return this
   * @throws SmtpException the refusal of the first refused recipient, with the other refusals suppressed; the
   *     client stays usable, and the accepted recipients have the message
   */
  public Delivery orThrow() throws SmtpException {
    if (!refused.isEmpty()) {
      throw first(refused);
    }
    return this;
  }

  /** The first refusal, with the others suppressed. */
  static SmtpException first(Map<String, SmtpException> refused) {
    Iterator<SmtpException> all = refused.values().iterator();
    SmtpException first = all.next();
    if (first.getSuppressed().length == 0) {
      all.forEachRemaining(first::addSuppressed);
    }
    return first;
  }
}
