/** Tests of what all packages share. */
@NullMarked
package dev.wireline.internal;

import org.jspecify.annotations.NullMarked;
