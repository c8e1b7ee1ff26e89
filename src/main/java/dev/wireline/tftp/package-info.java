/** TFTP (RFC 1350): reads and writes files in datagrams. */
@NullMarked
package dev.wireline.tftp;

import org.jspecify.annotations.NullMarked;
