package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.error.Phase;

/** A kind of bulk data: its name in messages, and the name of its limit. */
final class BulkKind {
  /** It ends in a line with a dot. */
  static final BulkKind TEXT = new BulkKind("text", "maxTextBytes");

  /** Its length was announced. */
  static final BulkKind BLOCK = new BulkKind("block", "maxBlockBytes");

  /** It ends with its connection. */
  static final BulkKind STREAM = new BulkKind("stream", "maxReadBytes");

  private final String noun;
  private final String bound;
  private final Activity reading;
  private final Activity dropping;
  private final Activity writing;

  private BulkKind(String noun, String bound) {
    this.noun = noun;
    this.bound = bound;
    this.reading = new Activity(Phase.READ, "reading a " + noun + " from");
    this.dropping = new Activity(Phase.READ, "dropping the rest of an unread " + noun + " from");
    this.writing = new Activity(Phase.WRITE, "writing a " + noun + " to");
  }

  String noun() {
    return noun;
  }

  String bound() {
    return bound;
  }

  /** The activity of reading it. */
  Activity reading() {
    return reading;
  }

  /** The activity of dropping its rest. */
  Activity dropping() {
    return dropping;
  }

  /** The activity of writing it. */
  Activity writing() {
    return writing;
  }
}
