/** Tests of the test kit, with plain sockets of the JDK as clients. */
@NullMarked
package dev.wireline.testing;

import org.jspecify.annotations.NullMarked;
