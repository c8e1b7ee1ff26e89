package dev.wireline.pop3;

/**
 * What is in a mailbox, without the mails that are marked as deleted (RFC 1939, section 5, STAT). Immutable.
 *
 * @param count how many mails, 0 or more
 * @param bytes about how many bytes they have, 0 or more
 */
public record Pop3Status(int count, long bytes) {}
