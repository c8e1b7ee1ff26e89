/**
 * Conversations with servers of other projects, as Debian packages them.
 *
 * <p>Its tests have the tag {@code interop} and run in the Maven profile of that name alone, since
 * they fail where a program is not installed.
 */
@NullMarked
package dev.wireline.interop;

import org.jspecify.annotations.NullMarked;
