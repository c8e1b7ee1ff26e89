/** Finger (RFC 1288): who somebody is, one question. */
@NullMarked
package dev.wireline.finger;

import org.jspecify.annotations.NullMarked;
