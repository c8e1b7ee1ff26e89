/**
 * NNTP (RFC 3977), with TLS (RFC 4642), logins (RFC 4643), more lists (RFC 6048) and the commands of older servers
 * (RFC 2980): {@link dev.wireline.nntp.NntpClient}.
 */
@NullMarked
package dev.wireline.nntp;

import org.jspecify.annotations.NullMarked;
