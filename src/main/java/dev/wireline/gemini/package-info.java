/** Gemini: pages over TLS, one request each. */
@NullMarked
package dev.wireline.gemini;

import org.jspecify.annotations.NullMarked;
