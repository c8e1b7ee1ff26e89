/**
 * URLs: {@link dev.wireline.url.HttpUrl} parses and resolves them; its neighbours encode their parts.
 *
 * <p>Grammar only (RFC 3986): nothing here dials, reads or writes.
 */
@NullMarked
package dev.wireline.url;

import org.jspecify.annotations.NullMarked;
