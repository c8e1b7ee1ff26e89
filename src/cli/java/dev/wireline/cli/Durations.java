package dev.wireline.cli;

import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times as people write them: {@code 5}, {@code 1.5s}, {@code 300ms}, {@code 2m}. */
final class Durations implements ITypeConverter<Duration> {
  private static final int MAX_SECONDS = 365 * 24 * 3600;

  @Override
  public Duration convert(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    double seconds;
    if (lower.endsWith("ms")) {
      seconds = number(lower, 2) / 1000;
    } else if (lower.endsWith("m")) {
      seconds = number(lower, 1) * 60;
    } else {
      seconds = number(lower, lower.endsWith("s") ? 1 : 0);
    }
    if (seconds >= 0.001 && seconds <= MAX_SECONDS) {
      return Duration.ofMillis(Math.round(seconds * 1000));
    }
    throw new TypeConversionException(
        "\"" + text + "\" is not a time such as 5, 1.5s, 300ms or 2m");
  }

  private static double number(String text, int unitLength) {
    try {
      return Double.parseDouble(text.substring(0, text.length() - unitLength));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
