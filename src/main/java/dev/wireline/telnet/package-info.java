/** Telnet (RFC 854): lines and prompts, with negotiated options. */
@NullMarked
package dev.wireline.telnet;

import org.jspecify.annotations.NullMarked;
