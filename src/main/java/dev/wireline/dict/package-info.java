/** Dictionaries (RFC 2229): definitions, matches and databases. */
@NullMarked
package dev.wireline.dict;

import org.jspecify.annotations.NullMarked;
