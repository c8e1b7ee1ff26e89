/**
 * HTTP/1.1 and 1.0 (RFC 9110, RFC 9112): requests, responses and the clients that exchange them.
 *
 * <p>The message grammar stands in types of its own that do no I/O.
 */
@NullMarked
package dev.wireline.http;

import org.jspecify.annotations.NullMarked;
