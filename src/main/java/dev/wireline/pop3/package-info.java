/**
 * POP3 (RFC 1939), with its capabilities (RFC 2449), TLS (RFC 2595) and logins by SASL (RFC 5034): {@link
 * dev.wireline.pop3.Pop3Client}.
 */
@NullMarked
package dev.wireline.pop3;

import org.jspecify.annotations.NullMarked;
