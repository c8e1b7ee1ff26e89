/** A private cache of responses, as a step of an agent (RFC 9111). */
@NullMarked
package dev.wireline.http.cache;

import org.jspecify.annotations.NullMarked;
