package dev.wireline.pop3;

/**
 * The status of a mailbox, without the mails marked as deleted (RFC 1939, section 5, STAT). Immutable.
 *
 * @param count how many mails, 0 or more
 * @param bytes their approximate number of bytes, 0 or more
 */
public record Pop3Status(int count, long bytes) {}
