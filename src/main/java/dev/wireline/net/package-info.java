/**
 * The bytes: {@link dev.wireline.net.Wire} carries them, {@link dev.wireline.net.Dialer} makes the
 * connection.
 *
 * <p>The only package that touches sockets, channels, selectors, threads and clocks. A channel is
 * non-blocking for its whole life; each direction waits on a selector of its own for what is left of
 * its deadline, so that every wait can be bounded, interrupted and ended by {@code close()}.
 */
@NullMarked
package dev.wireline.net;

import org.jspecify.annotations.NullMarked;
