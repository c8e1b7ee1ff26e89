/** Finger (RFC 1288): asks who somebody is. */
@NullMarked
package dev.wireline.finger;

import org.jspecify.annotations.NullMarked;
