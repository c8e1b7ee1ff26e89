/** Tests of the pool, with wires to servers on the loopback interface. */
@NullMarked
package dev.wireline.pool;

import org.jspecify.annotations.NullMarked;
