/** Ident (RFC 1413): whose a connection is, one question. */
@NullMarked
package dev.wireline.ident;

import org.jspecify.annotations.NullMarked;
