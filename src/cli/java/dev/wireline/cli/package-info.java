/** The command line: programs on top of the library and the test kit, in one jar that runs by itself. */
@NullMarked
package dev.wireline.cli;

import org.jspecify.annotations.NullMarked;
