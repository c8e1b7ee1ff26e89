package dev.wireline.line;

import dev.wireline.internal.Bounds;
import dev.wireline.internal.Quoted;
import dev.wireline.internal.TimeText;
import dev.wireline.net.Dialer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The settings of a {@link LineClient}: the dialer, the charset, the line ends, timeouts and limits. Immutable. */
public final class LineOptions {
  /** The default length limit of a received line, in bytes without its end: 64 KiB. */
  public static final int MAX_LINE_BYTES = 64 * 1024;

  /** The default limit of bytes in one {@code read(n)} or {@code readToEnd()}: 64 MiB. */
  public static final int MAX_READ_BYTES = 64 * 1024 * 1024;

  /** The default time for one framed read or one write: 60 s. */
  public static final Duration TRANSFER_TIMEOUT = Duration.ofSeconds(60);

  private static final String CRLF = "\r\n";

  private static final LineOptions STANDARD = builder().build();

  private final Dialer dialer;
  private final Charset charset;
  private final @Nullable Charset fallbackCharset;
  private final LineEnds lineEnds;
  private final String lineEnd;
  private final int maxLineBytes;
  private final int maxReadBytes;
  private final Duration transferTimeout;

  private LineOptions(Builder builder) {
    this.dialer = builder.dialer;
    this.charset = builder.charset;
    this.fallbackCharset = builder.fallbackCharset;
    this.lineEnds = builder.lineEnds;
    this.lineEnd = builder.lineEnd;
    this.maxLineBytes = builder.maxLineBytes;
    this.maxReadBytes = builder.maxReadBytes;
    this.transferTimeout = builder.transferTimeout;
  }

  /**
   * The default settings.
   *
   * @return the options, the same instance each time
   */
  public static LineOptions standard() {
    return STANDARD;
  }

  /** {@return a builder that starts at the defaults} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * How connections are made.
   *
   * @return the dialer
   */
  public Dialer dialer() {
    return dialer;
  }

  /**
   * The charset of lines in both directions.
   *
   * @return a charset that keeps ASCII as it is
   */
  public Charset charset() {
    return charset;
  }

  /**
   * The charset of a received line that is not text in {@link #charset()}.
   *
   * @return the charset; empty if such a line is an exception
   */
  public Optional<Charset> fallbackCharset() {
    return Optional.ofNullable(fallbackCharset);
  }

  /**
   * Which bytes end a received line.
   *
   * @return the line ends
   */
  public LineEnds lineEnds() {
    return lineEnds;
  }

  /**
   * What ends a line that is sent.
   *
   * @return one or two ASCII characters
   */
  public String lineEnd() {
    return lineEnd;
  }

  /**
   * The longest received line, in bytes without its end.
   *
   * @return 1 or more
   */
  public int maxLineBytes() {
    return maxLineBytes;
  }

  /**
   * The most bytes that one {@code read(n)} or {@code readToEnd()} reads, or a read of everything from {@code
   * openToEnd()} or a stream of another connection.
   *
   * @return 1 or more
   */
  public int maxReadBytes() {
    return maxReadBytes;
  }

  /**
   * The longest time from the first byte to the last of one framed read (a line, n bytes, all to the end), and
   * of one write.
   *
   * @return more than zero
   */
  public Duration transferTimeout() {
    return transferTimeout;
  }

  /** {@return a builder that starts at these settings} */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** {@return the settings, as text for people} */
  @Override
  public String toString() {
    return "dialer (" + dialer + "), charset " + charset
        + (fallbackCharset == null ? "" : ", fallbackCharset " + fallbackCharset)
        + ", lineEnds " + lineEnds
        + (lineEnd.equals(CRLF) ? "" : ", lineEnd " + Quoted.text(lineEnd))
        + ", maxLineBytes " + maxLineBytes + ", maxReadBytes " + maxReadBytes
        + ", transferTimeout " + TimeText.of(transferTimeout);
  }

  /** Builds {@link LineOptions}. Not thread-safe. */
  public static final class Builder {
    private Dialer dialer = Dialer.standard();
    private Charset charset = StandardCharsets.UTF_8;
    private @Nullable Charset fallbackCharset;
    private LineEnds lineEnds = LineEnds.CRLF_OR_LF;
    private String lineEnd = CRLF;
    private int maxLineBytes = MAX_LINE_BYTES;
    private int maxReadBytes = MAX_READ_BYTES;
    private Duration transferTimeout = TRANSFER_TIMEOUT;

    private Builder() {}

    private Builder(LineOptions options) {
      dialer = options.dialer;
      charset = options.charset;
      fallbackCharset = options.fallbackCharset;
      lineEnds = options.lineEnds;
      lineEnd = options.lineEnd;
      maxLineBytes = options.maxLineBytes;
      maxReadBytes = options.maxReadBytes;
      transferTimeout = options.transferTimeout;
    }

    /**
     * How connections are made.
     *
     * @param value the dialer
     * @return this
     */
    public Builder dialer(Dialer value) {
      dialer = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * The charset of lines in both directions; UTF-8 unless set.
     *
     * @param value a charset that keeps ASCII as it is
     * @return this
     * @throws IllegalArgumentException if it does not, such as UTF-16, EBCDIC and ISO-2022 (in which ESC shifts
     *     to another set), or cannot encode
     */
    public Builder charset(Charset value) {
      charset = checked(Objects.requireNonNull(value, "value"));
      return this;
    }

    /**
     * The charset of a received line that is not text in {@link #charset}; none unless set, so that such a line
     * is an exception. ISO-8859-1 accepts every byte. Nothing is ever sent in it. {@link Replies} and {@link
     * StatusReplies} need no setting: a reply that is not text in either charset is read as ISO-8859-1.
     *
     * @param value a charset that keeps ASCII as it is
     * @return this
     * @throws IllegalArgumentException if it does not, as {@link #charset}
     */
    public Builder fallbackCharset(Charset value) {
      fallbackCharset = checked(Objects.requireNonNull(value, "value"));
      return this;
    }

    /**
     * Which bytes end a received line; CRLF or LF unless set.
     *
     * @param value the line ends
     * @return this
     */
    public Builder lineEnds(LineEnds value) {
      lineEnds = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * What ends a line that is sent; CRLF unless set. Examples are {@code "\r"} for a device that expects CR,
     * {@code ";"} and {@code "\0"}. A line must not contain it, nor CR, LF or NUL, whatever the line end.
     *
     * @param value one or two ASCII characters
     * @return this
     * @throws IllegalArgumentException if it is not
     */
    public Builder lineEnd(String value) {
      lineEnd = LineEnds.checkEnd(Objects.requireNonNull(value, "value"));
      return this;
    }

    /**
     * The longest received line, in bytes without its end.
     *
     * @param value 1 to 1 GiB
     * @return this
     * @throws IllegalArgumentException if it is not
     */
    public Builder maxLineBytes(int value) {
      maxLineBytes = Bounds.inRange("maxLineBytes", value, 1, 30);
      return this;
    }

    /**
     * The most bytes that one {@code read(n)} or {@code readToEnd()} reads.
     *
     * @param value 1 to 1 GiB
     * @return this
     * @throws IllegalArgumentException if it is not
     */
    public Builder maxReadBytes(int value) {
      maxReadBytes = Bounds.inRange("maxReadBytes", value, 1, 30);
      return this;
    }

    /**
     * The longest time from the first byte to the last of one framed read (a line, n bytes, all to the end),
     * and of one write.
     *
     * @param value more than zero
     * @return this
     * @throws IllegalArgumentException if it is not
     */
    public Builder transferTimeout(Duration value) {
      transferTimeout = Bounds.positive("transferTimeout", Objects.requireNonNull(value, "value"));
      return this;
    }

    /** {@return the options} */
    public LineOptions build() {
      return new LineOptions(this);
    }

    private static Charset checked(Charset value) {
      if (!keepsAscii(value)) {
        throw new IllegalArgumentException(
            "lines need a charset that keeps ASCII as it is, not " + value);
      }
      return value;
    }

    private static boolean keepsAscii(Charset charset) {
      if (!charset.canEncode()) {
        return false;
      }
      for (int c = 0; c < 128; c++) {
        String character = String.valueOf((char) c);
        byte[] octet = {(byte) c};
        boolean kept = Arrays.equals(character.getBytes(charset), octet)
            && new String(octet, charset).equals(character);
        if (!kept) {
          return false;
        }
      }
      return true;
    }
  }
}
