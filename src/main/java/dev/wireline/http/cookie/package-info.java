/**
 * Cookies and the jars that keep them (RFC 6265bis).
 *
 * <p>Grammar and values alone: what a jar is told of are URLs, field values and the time.
 */
@NullMarked
package dev.wireline.http.cookie;

import org.jspecify.annotations.NullMarked;
