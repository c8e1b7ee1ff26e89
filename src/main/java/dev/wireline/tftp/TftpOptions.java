package dev.wireline.tftp;

import dev.wireline.internal.Bounds;
import dev.wireline.net.DatagramOptions;
import java.time.Duration;
import java.util.Objects;

/** The settings of a TFTP transfer. Immutable; each {@code with} method returns other settings. */
public final class TftpOptions {
  /** The default number of bytes of a file per datagram, unless refused: 1428 (RFC 2348). */
  public static final int BLOCK_BYTES = 1428;

  /** The default number of datagrams sent before an answer, unless refused: 8 (RFC 7440). */
  public static final int WINDOW = 8;

  /** The default size limit of a file that is read: 64 MiB. */
  public static final int MAX_BYTES = 64 * 1024 * 1024;

  /** The default time for a whole transfer: 5 min. */
  public static final Duration TIMEOUT = Duration.ofMinutes(5);

  private static final int LEAST_BLOCK = 8;
  private static final int MOST_BLOCK = 65_464;
  private static final int MOST_WINDOW = 64;
  private static final int HEAD_BYTES = 4;

  private static final TftpOptions STANDARD = new TftpOptions(
      DatagramOptions.builder().callTimeout(TIMEOUT).build(), BLOCK_BYTES, WINDOW, MAX_BYTES);

  private final DatagramOptions datagrams;
  private final int blockBytes;
  private final int window;
  private final int maxBytes;

  private TftpOptions(DatagramOptions datagrams, int blockBytes, int window, int maxBytes) {
    this.datagrams = datagrams;
    this.blockBytes = blockBytes;
    this.window = window;
    this.maxBytes = maxBytes;
  }

  /**
   * The default settings.
   *
   * @return the options, the same instance each time
   */
  public static TftpOptions standard() {
    return STANDARD;
  }

  /**
   * These settings with other times, attempts and look-ups.
   *
   * @param value its call timeout covers a whole transfer, its waits and attempts are for one packet; {@code
   *     maxAnswerBytes} is ignored
   * @return options with it
   */
  public TftpOptions withDatagrams(DatagramOptions value) {
    Objects.requireNonNull(value, "value");
    return new TftpOptions(value, blockBytes, window, maxBytes);
  }

  /**
   * These settings with another block size (RFC 2348). A server that does not know the option sends 512 bytes.
   *
   * @param value 8 to 65464; with 512 the option is not sent
   * @return options with it
   * @throws IllegalArgumentException if it is out of range
   */
  public TftpOptions withBlockBytes(int value) {
    return new TftpOptions(
        datagrams, checked("blockBytes", value, LEAST_BLOCK, MOST_BLOCK), window, maxBytes);
  }

  /**
   * These settings with another window (RFC 7440). With a server that does not know the option it is 1.
   *
   * @param value 1 to 64 blocks; with 1 the option is not sent
   * @return options with it
   * @throws IllegalArgumentException if it is out of range
   */
  public TftpOptions withWindow(int value) {
    return new TftpOptions(
        datagrams, blockBytes, checked("window", value, 1, MOST_WINDOW), maxBytes);
  }

  /**
   * These settings with another size limit for a file that is read.
   *
   * @param value the most bytes, 1 to 1 GiB
   * @return options with it
   * @throws IllegalArgumentException if it is out of range
   */
  public TftpOptions withMaxBytes(int value) {
    return new TftpOptions(datagrams, blockBytes, window, Bounds.inRange("maxBytes", value, 1, 30));
  }

  private static int checked(String setting, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          setting + " must be " + least + " to " + most + ", not " + value);
    }
    return value;
  }

  DatagramOptions datagrams() {
    return datagrams.toBuilder()
        .maxAnswerBytes(Math.max(blockBytes, TftpPacket.CLASSIC_BLOCK) + HEAD_BYTES)
        .build();
  }

  int blockBytes() {
    return blockBytes;
  }

  int window() {
    return window;
  }

  int maxBytes() {
    return maxBytes;
  }

  /** How long to wait for an answer after so many attempts. */
  Duration wait(int tries) {
    Duration wait = datagrams.firstWait();
    for (int i = 1; i < tries && wait.compareTo(datagrams.maxWait()) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(datagrams.maxWait()) < 0 ? wait : datagrams.maxWait();
  }

  /** {@return the settings, as text for people} */
  @Override
  public String toString() {
    return "blockBytes " + blockBytes + ", window " + window + ", maxBytes " + maxBytes + ", "
        + datagrams;
  }
}
