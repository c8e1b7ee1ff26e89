/**
 * Clients for protocols of other projects, most of them on {@link dev.wireline.line.LineClient}, each as
 * a user would write it: with what the library exports, and nothing else.
 */
@NullMarked
package dev.wireline.examples;

import org.jspecify.annotations.NullMarked;
