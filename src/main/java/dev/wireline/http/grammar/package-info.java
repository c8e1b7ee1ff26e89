/**
 * The grammar of HTTP/1.1 messages (RFC 9110, RFC 9112): heads, framing, chunks, targets, challenges and
 * content types. Not exported.
 *
 * <p>It turns bytes into values without a socket, a clock or a logger, so the tests feed exactly the code that
 * the clients run.
 */
@NullMarked
package dev.wireline.http.grammar;

import org.jspecify.annotations.NullMarked;
