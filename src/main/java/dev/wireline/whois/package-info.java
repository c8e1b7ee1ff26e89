/** Whois (RFC 3912): asks who holds a name or an address, and follows referrals. */
@NullMarked
package dev.wireline.whois;

import org.jspecify.annotations.NullMarked;
