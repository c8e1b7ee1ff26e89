package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.error.Phase;

/**
 * What something in bulk is called in messages, and what bounds it.
 *
 * @param noun its name
 * @param reading that it is read
 * @param dropping that its rest is read for nobody
 * @param writing that it is written
 * @param bound the name of its bound
 */
record BulkKind(
    String noun, Activity reading, Activity dropping, Activity writing, String bound) {
  static final BulkKind TEXT = of("text", "maxTextBytes");
  static final BulkKind BLOCK = of("block", "maxBlockBytes");
  static final BulkKind STREAM = of("stream", "maxReadBytes");

  private static BulkKind of(String noun, String bound) {
    return new BulkKind(
        noun,
        new Activity(Phase.READ, "reading a " + noun + " from"),
        new Activity(Phase.READ, "dropping the rest of an unread " + noun + " from"),
        new Activity(Phase.WRITE, "writing a " + noun + " to"),
        bound);
  }
}
