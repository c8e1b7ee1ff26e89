/**
 * SMTP (RFC 5321) and LMTP (RFC 2033): {@link dev.wireline.smtp.SmtpClient} sends mail.
 */
@NullMarked
package dev.wireline.smtp;

import org.jspecify.annotations.NullMarked;
