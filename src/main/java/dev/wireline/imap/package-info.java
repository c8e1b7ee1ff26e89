/**
 * IMAP (RFC 9051, and RFC 3501 before it), with literals (RFC 7888), IDLE (RFC 2177), UIDPLUS (RFC 4315), MOVE (RFC
 * 6851) and CONDSTORE (RFC 7162): {@link dev.wireline.imap.ImapClient}.
 */
@NullMarked
package dev.wireline.imap;

import org.jspecify.annotations.NullMarked;
