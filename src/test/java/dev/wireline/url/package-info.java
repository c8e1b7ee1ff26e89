/** Tests of URLs and of what encodes their parts. */
@NullMarked
package dev.wireline.url;

import org.jspecify.annotations.NullMarked;
