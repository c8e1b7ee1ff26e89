/**
 * Cookies and the jars that keep them (RFC 6265bis).
 *
 * <p>Grammar and values only: a jar deals with URLs, field values and the time, and does no I/O.
 */
@NullMarked
package dev.wireline.http.cookie;

import org.jspecify.annotations.NullMarked;
