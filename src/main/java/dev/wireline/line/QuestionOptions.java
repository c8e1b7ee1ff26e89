package dev.wireline.line;

import dev.wireline.internal.Bounds;
import dev.wireline.internal.TimeText;
import dev.wireline.net.Dialer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/**
 * The settings of a {@link Question}: the dialer, the charset, how long it may take and how much may come.
 * Immutable; each {@code with} method returns other settings.
 */
public final class QuestionOptions {
  /** The default time for a whole question: 30 s. */
  public static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** The default limit of bytes in an answer that is read whole: 4 MiB. */
  public static final int MAX_BYTES = 4 * 1024 * 1024;

  private static final QuestionOptions STANDARD = new QuestionOptions(
      LineOptions.builder()
          .fallbackCharset(StandardCharsets.ISO_8859_1)
          .maxReadBytes(MAX_BYTES)
          .build(),
      TIMEOUT);

  private final LineOptions lines;
  private final Duration timeout;

  private QuestionOptions(LineOptions lines, Duration timeout) {
    this.lines = lines;
    this.timeout = timeout;
  }

  /**
   * The default settings.
   *
   * @return the options, the same instance each time
   */
  public static QuestionOptions standard() {
    return STANDARD;
  }

  /**
   * These settings with another dialer, with its trust and timeouts.
   *
   * @param value the dialer
   * @return options with it
   */
  public QuestionOptions withDialer(Dialer value) {
    Objects.requireNonNull(value, "value");
    return new QuestionOptions(lines.toBuilder().dialer(value).build(), timeout);
  }

  /**
   * These settings with another charset than UTF-8, for question and answer. What is not text in it is read as
   * ISO-8859-1.
   *
   * @param value a charset that keeps ASCII as it is
   * @return options with it
   * @throws IllegalArgumentException if it does not
   */
  public QuestionOptions withCharset(Charset value) {
    Objects.requireNonNull(value, "value");
    return new QuestionOptions(lines.toBuilder().charset(value).build(), timeout);
  }

  /**
   * These settings with another limit for an answer that is read whole.
   *
   * @param value the most bytes, 1 to 1 GiB
   * @return options with it
   * @throws IllegalArgumentException if it is out of range
   */
  public QuestionOptions withMaxBytes(int value) {
    Bounds.inRange("maxBytes", value, 1, 30);
    return new QuestionOptions(lines.toBuilder().maxReadBytes(value).build(), timeout);
  }

  /**
   * These settings with another time for a whole question: look-up, dial, TLS, question and answer. It does not
   * cover reading an answer as a stream.
   *
   * @param value more than zero
   * @return options with it
   * @throws IllegalArgumentException if it is not
   */
  public QuestionOptions withTimeout(Duration value) {
    Objects.requireNonNull(value, "value");
    return new QuestionOptions(lines, Bounds.positive("timeout", value));
  }

  /**
   * The settings of the connection.
   *
   * @return the dialer, the charset and the bounds
   */
  public LineOptions lines() {
    return lines;
  }

  /**
   * The most bytes of an answer that is read whole.
   *
   * @return 1 or more
   */
  public int maxBytes() {
    return lines.maxReadBytes();
  }

  /**
   * The time for a whole question.
   *
   * @return more than zero
   */
  public Duration timeout() {
    return timeout;
  }

  /** {@return the settings, as text for people} */
  @Override
  public String toString() {
    return "timeout " + TimeText.of(timeout) + ", " + lines;
  }
}
