/**
 * Real servers for tests of clients: conversations that were written or recorded, raw answers,
 * files, echoes, peers of one's own.
 *
 * <p>Every server listens on a free port of the loopback interface, or on a Unix-domain socket in a
 * directory of its own, with or without TLS. It runs on daemon threads of its own; after {@code
 * close()} none of them is left, nor any descriptor or file.
 *
 * <p>The servers frame their own bytes and share no code with the clients, so that one mistake
 * cannot stand on both sides.
 */
@NullMarked
package dev.wireline.testing;

import org.jspecify.annotations.NullMarked;
