/** Telnet (RFC 854): lines and prompts beside options that both sides agree on. */
@NullMarked
package dev.wireline.telnet;

import org.jspecify.annotations.NullMarked;
