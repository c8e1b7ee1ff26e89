/** Random calls of all clients, with errors, interrupts, closes and cuts at random places. */
@NullMarked
package dev.wireline.chaos;

import org.jspecify.annotations.NullMarked;
