/** The command line as a person and a script use it. */
@NullMarked
package dev.wireline.cli;

import org.jspecify.annotations.NullMarked;
