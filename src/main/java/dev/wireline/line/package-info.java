/**
 * Line-based protocols: {@link dev.wireline.line.LineClient}, the class to extend for a protocol of your own,
 * and what such a client uses for the rest of its protocol: commands and messages, replies, texts, blocks and
 * prompts, pipelines, dialogues and transcripts.
 */
@NullMarked
package dev.wireline.line;

import org.jspecify.annotations.NullMarked;
