/**
 * The exceptions that every layer shares: one tree under {@link
 * dev.wireline.error.WirelineException}.
 *
 * <p>Each answers four questions: whose fault (the class), which peer ({@code endpoint()}), in which
 * phase ({@code phase()}), and whether the connection still works ({@code connectionUsable()}). A
 * caller's own mistake, such as a CR in an argument, is an unchecked {@link
 * IllegalArgumentException} or {@link IllegalStateException} instead and is not in this tree.
 *
 * @serial exclude
 */
@NullMarked
package dev.wireline.error;

import org.jspecify.annotations.NullMarked;
