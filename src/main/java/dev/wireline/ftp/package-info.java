/**
 * FTP (RFC 959), with its extensions for TLS (RFC 4217), IPv6 (RFC 2428), and machine-readable listings (RFC
 * 3659): {@link dev.wireline.ftp.FtpClient}.
 */
@NullMarked
package dev.wireline.ftp;

import org.jspecify.annotations.NullMarked;
