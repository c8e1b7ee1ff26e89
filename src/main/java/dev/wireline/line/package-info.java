/**
 * The lines: {@link dev.wireline.line.LineClient}, the class that people extend for a protocol of
 * their own, and the replies, commands and texts that such a client holds.
 */
@NullMarked
package dev.wireline.line;

import org.jspecify.annotations.NullMarked;
