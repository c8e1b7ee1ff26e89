/**
 * Connections: {@link dev.wireline.net.Dialer} makes them, {@link dev.wireline.net.Wire} carries their bytes.
 *
 * <p>The only package that touches sockets, channels, selectors, threads and clocks. A channel is non-blocking
 * for its whole life; each direction waits on its own selector for the time left, so that every wait has a
 * limit and can be ended by an interrupt or {@code close()}.
 */
@NullMarked
package dev.wireline.net;

import org.jspecify.annotations.NullMarked;
