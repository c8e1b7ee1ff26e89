package dev.wireline.build.wrong.internal;

import org.slf4j.LoggerFactory;

/** Right: the one class that knows the logger. */
public final class Log {
  private Log() {}

  public static void say(String text) {
    LoggerFactory.getLogger("wrong").debug(text);
  }
}
