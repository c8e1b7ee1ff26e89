/** Marks what may still change in the public API. */
@NullMarked
package dev.wireline.stability;

import org.jspecify.annotations.NullMarked;
