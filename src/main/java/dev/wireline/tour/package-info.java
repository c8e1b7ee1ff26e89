/** The main program: a tour of the ladder without a network, or one document fetched. Not exported. */
@NullMarked
package dev.wireline.tour;

import org.jspecify.annotations.NullMarked;
