/** One open for every URL: {@link dev.wireline.fetch.Urls}. */
@NullMarked
package dev.wireline.fetch;

import org.jspecify.annotations.NullMarked;
