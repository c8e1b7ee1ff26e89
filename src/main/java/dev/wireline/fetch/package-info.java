/** Opens any URL with one call: {@link dev.wireline.fetch.Urls}. */
@NullMarked
package dev.wireline.fetch;

import org.jspecify.annotations.NullMarked;
