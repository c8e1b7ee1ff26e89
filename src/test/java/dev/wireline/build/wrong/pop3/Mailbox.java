package dev.wireline.build.wrong.pop3;

import dev.wireline.build.wrong.line.Chat;

/** Right: a protocol on the line layer. */
public final class Mailbox extends Chat {}
