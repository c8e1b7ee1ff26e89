/** Tests of the grammar of endpoints, as tables. */
@NullMarked
package dev.wireline.endpoint;

import org.jspecify.annotations.NullMarked;
