/** TFTP (RFC 1350): files in datagrams, read and written. */
@NullMarked
package dev.wireline.tftp;

import org.jspecify.annotations.NullMarked;
