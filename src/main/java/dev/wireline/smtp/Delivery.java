package dev.wireline.smtp;

import dev.wireline.line.Reply;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What became of a message that at least one recipient got. Immutable.
 *
 * @param reply what the server said when it took the message; with LMTP what it said for the first recipient
 *     who got it
 * @param accepted the recipients for whom it was taken, in the order of the envelope
 * @param refused the others, each with the server's no
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
   * Insists that every recipient got it.
   *
   * @return this
   * @throws SmtpException the no to the first who did not, with those to the others suppressed; the client
   *     stays usable, and the others have the message
   */
  public Delivery orThrow() throws SmtpException {
    if (!refused.isEmpty()) {
      throw first(refused);
    }
    return this;
  }

  /** The first no, with the others suppressed. */
  static SmtpException first(Map<String, SmtpException> refused) {
    Iterator<SmtpException> all = refused.values().iterator();
    SmtpException first = all.next();
    if (first.getSuppressed().length == 0) {
      all.forEachRemaining(first::addSuppressed);
    }
    return first;
  }
}
