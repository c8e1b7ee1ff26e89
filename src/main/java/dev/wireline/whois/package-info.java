/** Whois (RFC 3912): who has a name or an address, and whom else to ask. */
@NullMarked
package dev.wireline.whois;

import org.jspecify.annotations.NullMarked;
