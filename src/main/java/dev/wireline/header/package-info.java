/**
 * Header fields: ordered, case-insensitive, multi-valued (RFC 9110, section 5). Grammar only, no
 * I/O.
 */
@NullMarked
package dev.wireline.header;

import org.jspecify.annotations.NullMarked;
