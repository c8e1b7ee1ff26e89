package dev.wireline.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The library's log, and the only class that knows slf4j. One logger, named {@code dev.wireline}. */
public final class Log {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.wireline");

  private Log() {}

  /**
   * Whether anybody reads the DEBUG lines; ask before building an expensive argument.
   *
   * @return true when DEBUG is on
   */
  public static boolean isDebug() {
    return LOGGER.isDebugEnabled();
  }

  /**
   * Logs what somebody should mend, at WARN.
   *
   * @param format the text with {@code {}} for each argument
   * @param arguments what stands there: own text, or foreign text that went through {@link Quoted}
   */
  public static void warn(String format, Object... arguments) {
    LOGGER.warn(format, arguments);
  }

  /**
   * Logs one step at DEBUG.
   *
   * @param format the text with {@code {}} for each argument
   * @param arguments what stands there: own text, or foreign text that went through {@link Quoted}
   */
  public static void debug(String format, Object... arguments) {
    LOGGER.debug(format, arguments);
  }
}
