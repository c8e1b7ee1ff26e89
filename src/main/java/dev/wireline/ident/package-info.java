/** Ident (RFC 1413): asks who owns a connection. */
@NullMarked
package dev.wireline.ident;

import org.jspecify.annotations.NullMarked;
