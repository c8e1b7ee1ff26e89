/**
 * Where a server is: a host and a port, with or without TLS, or a Unix-domain socket.
 *
 * <p>Values and their grammar only; nothing here looks up a name or opens a connection.
 */
@NullMarked
package dev.wireline.endpoint;

import org.jspecify.annotations.NullMarked;
