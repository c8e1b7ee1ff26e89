/**
 * HTTP/1.1 and 1.0 (RFC 9110, RFC 9112): requests, responses and the clients that exchange them.
 *
 * <p>The message grammar stands in a package of its own that does no I/O; cookies are in {@link
 * dev.wireline.http.cookie}.
 */
@NullMarked
package dev.wireline.http;

import org.jspecify.annotations.NullMarked;
