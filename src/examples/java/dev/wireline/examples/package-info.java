/**
 * Clients for protocols of other projects, each written on {@link dev.wireline.line.LineClient} as a
 * user would write it: with what the library exports, and nothing else.
 */
@NullMarked
package dev.wireline.examples;

import org.jspecify.annotations.NullMarked;
