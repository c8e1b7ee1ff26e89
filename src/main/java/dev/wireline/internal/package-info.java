/** Small pieces that every layer uses: quoting, ASCII, numbers, the log. Not exported. */
@NullMarked
package dev.wireline.internal;

import org.jspecify.annotations.NullMarked;
