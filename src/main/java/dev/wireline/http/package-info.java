/**
 * HTTP/1.1 and 1.0 (RFC 9110, RFC 9112): requests, responses and the clients that exchange them.
 *
 * <p>Start with {@link dev.wireline.http.HttpAgent}. Cookies are in {@link dev.wireline.http.cookie}, a cache
 * in {@link dev.wireline.http.cache}; the message grammar is in an internal package that does no I/O.
 */
@NullMarked
package dev.wireline.http;

import org.jspecify.annotations.NullMarked;
