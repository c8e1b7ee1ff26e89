/** Time (RFC 868): the time in seconds. */
@NullMarked
package dev.wireline.time;

import org.jspecify.annotations.NullMarked;
