package dev.wireline.chaos;

import java.io.IOException;

/** Random calls of one kind of client. */
@FunctionalInterface
interface Play {
  /** Makes a client, uses it and closes it; what goes wrong otherwise than promised is thrown. */
  void run(Stage stage) throws IOException;
}
