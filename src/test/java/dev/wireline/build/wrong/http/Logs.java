package dev.wireline.build.wrong.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wrong: a second class that knows the logger. */
final class Logs {
  private static final Logger LOGGER = LoggerFactory.getLogger(Logs.class);

  private Logs() {}

  static void say(String text) {
    LOGGER.debug(text);
  }
}
