/** Tests of the lines, and the class of the design that extends them. */
@NullMarked
package dev.wireline.line;

import org.jspecify.annotations.NullMarked;
