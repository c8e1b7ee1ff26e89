/**
 * The lines: {@link dev.wireline.line.LineClient}, the class that people extend for a protocol of
 * their own, and what such a client holds for the rest of its protocol: commands and messages, replies,
 * texts, blocks and prompts, pipelines, dialogues and transcripts.
 */
@NullMarked
package dev.wireline.line;

import org.jspecify.annotations.NullMarked;
