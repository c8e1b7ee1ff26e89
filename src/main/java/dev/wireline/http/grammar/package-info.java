/**
 * The grammar of HTTP/1.1 messages (RFC 9110, RFC 9112): heads, framing, chunks, targets, challenges and
 * content types. Not exported.
 *
 * <p>It takes bytes and gives values, without a socket, a clock or a logger: what the clients run is what
 * the tests feed.
 */
@NullMarked
package dev.wireline.http.grammar;

import org.jspecify.annotations.NullMarked;
