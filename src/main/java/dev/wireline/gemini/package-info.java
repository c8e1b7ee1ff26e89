/** Gemini: pages over TLS, each one question. */
@NullMarked
package dev.wireline.gemini;

import org.jspecify.annotations.NullMarked;
