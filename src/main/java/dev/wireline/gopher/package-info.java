/** Gopher (RFC 1436): menus, texts, files and searches, one request each. */
@NullMarked
package dev.wireline.gopher;

import org.jspecify.annotations.NullMarked;
