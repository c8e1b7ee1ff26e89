/**
 * Authentication mechanisms (SASL, RFC 4422): challenges in, responses out. Grammar only, no I/O.
 */
@NullMarked
package dev.wireline.sasl;

import org.jspecify.annotations.NullMarked;
