/**
 * URLs: {@link dev.wireline.url.HttpUrl} parses and resolves them, and what stands beside it encodes their
 * parts.
 *
 * <p>Grammar alone (RFC 3986): nothing here dials, reads or writes.
 */
@NullMarked
package dev.wireline.url;

import org.jspecify.annotations.NullMarked;
