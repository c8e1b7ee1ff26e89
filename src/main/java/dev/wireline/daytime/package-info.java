/** Daytime (RFC 867): the time as a line for people. */
@NullMarked
package dev.wireline.daytime;

import org.jspecify.annotations.NullMarked;
