/** Tests of the cache, with a clock that they own. */
@NullMarked
package dev.wireline.http.cache;

import org.jspecify.annotations.NullMarked;
