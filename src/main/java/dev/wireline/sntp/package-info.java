/** SNTP (RFC 5905): how far the local clock is off. */
@NullMarked
package dev.wireline.sntp;

import org.jspecify.annotations.NullMarked;
