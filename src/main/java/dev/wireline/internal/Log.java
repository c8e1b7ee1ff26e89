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
   * @return true if DEBUG is on
   */
  public static boolean isDebug() {
    return LOGGER.isDebugEnabled();
  }

  /**
   * Logs something that somebody should fix, at WARN.
   *
   * @param format the text with {@code {}} for each argument
   * @param arguments the arguments: our own text, or text from others that went through {@link Quoted}
   */
  public static void warn(String format, Object... arguments) {
    LOGGER.warn(format, arguments);
  }

  /**
   * Logs at WARN that a listener threw. What it was told of goes on all the same, since a listener decides
   * nothing. An {@link Error} must not end up here.
   *
   * @param listener the listener
   * @param thrown what it threw
   */
  public static void threw(Object listener, RuntimeException thrown) {
    LOGGER.warn("{} threw while it was told something", listener.getClass().getName(), thrown);
  }

  /**
   * Logs one step at DEBUG.
   *
   * @param format the text with {@code {}} for each argument
   * @param arguments the arguments: our own text, or text from others that went through {@link Quoted}
   */
  public static void debug(String format, Object... arguments) {
    LOGGER.debug(format, arguments);
  }
}
