package dev.wireline.smtp;

/** When the sender wants a delivery status notification (RFC 3461, section 4.1). */
public enum DeliveryNotice {
  /** It has reached the mailbox. */
  SUCCESS,
  /** It cannot be delivered. */
  FAILURE,
  /** It is late. */
  DELAY
}
