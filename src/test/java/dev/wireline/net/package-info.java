/** Tests of the bytes, against real sockets on the loopback interface. */
@NullMarked
package dev.wireline.net;

import org.jspecify.annotations.NullMarked;
