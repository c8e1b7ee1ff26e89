/** Gopher (RFC 1436): menus, texts, files and searches, each one question. */
@NullMarked
package dev.wireline.gopher;

import org.jspecify.annotations.NullMarked;
