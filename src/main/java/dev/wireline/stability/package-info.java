/** How long what is public stays as it is. */
@NullMarked
package dev.wireline.stability;

import org.jspecify.annotations.NullMarked;
