/**
 * Real servers for testing clients: written or recorded conversations, raw answers, files, echoes, and peers of
 * your own.
 *
 * <p>Every server listens on a free port of the loopback interface, or on a Unix-domain socket in its own
 * directory, with or without TLS. It runs on its own daemon threads; {@code close()} leaves no thread,
 * descriptor or file behind.
 *
 * <p>The servers frame their own bytes and share no code with the clients, so that one mistake cannot be on
 * both sides.
 */
@NullMarked
package dev.wireline.testing;

import org.jspecify.annotations.NullMarked;
