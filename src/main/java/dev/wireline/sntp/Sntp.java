package dev.wireline.sntp;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.SecondsSince1900;
import dev.wireline.net.DatagramClient;
import dev.wireline.net.DatagramOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/**
 * SNTP (RFC 5905, section 14): asks a server how far the local clock is off, once.
 *
 * <p>Each call sends one datagram and accepts one answer, since a second attempt would blur the measurement.
 * RFC 4330, section 10, requires a client to wait at least 15 seconds before it asks again. Thread-safe.
 */
public final class Sntp {
  /** The port: 123. */
  public static final int PORT = 123;

  private static final Activity ASKING = new Activity(Phase.READ, "asking for the time from");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SIZE = 48;
  private static final int VERSION_4_CLIENT = 4 << 3 | 3;
  private static final int SERVER = 4;
  private static final int MOST_STRATUM = 15;
  private static final long NANOS = 1_000_000_000;

  private Sntp() {}

  /**
   * Asks for the time, with the default datagram options but a single attempt.
   *
   * @param endpoint {@code host} or {@code host:port}
   * @return the server's answer
   * @throws IllegalArgumentException if it is not a valid endpoint; nothing was sent
   * @throws WirelineException as {@link #ask(Endpoint, DatagramOptions, InstantSource)}
   */
  public static SntpReading ask(String endpoint) throws WirelineException {
    Endpoint place = Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint"), PORT);
    return ask(place, DatagramOptions.standard(), InstantSource.system());
  }

  /**
   * Asks for the time. The request holds a random number instead of a time, which the answer must repeat.
   *
   * @param endpoint the server
   * @param options the call timeout and the resolver; there is a single attempt in any case
   * @param clock the local clock
   * @return the server's answer
   * @throws SntpException if the server refuses with a kiss-o'-death
   * @throws PeerProtocolException if the answer has no usable time
   * @throws dev.wireline.error.DeadlineExceededException if no answer came in time
   * @throws WirelineException as {@link DatagramClient#ask(byte[], java.util.function.Predicate)}
   */
  public static SntpReading ask(Endpoint endpoint, DatagramOptions options, InstantSource clock)
      throws WirelineException {
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(options, "options");
    long cookie = RANDOM.nextLong();
    byte[] request = new byte[SIZE];
    request[0] = VERSION_4_CLIENT;
    ByteBuffer.wrap(request).putLong(40, cookie);
    try (DatagramClient client =
        new DatagramClient(endpoint, options.toBuilder().maxTries(1).build())) {
      Instant sent = clock.instant();
      byte[] answer = client.ask(
          request, bytes -> bytes.length >= SIZE && ByteBuffer.wrap(bytes).getLong(24) == cookie);
      return read(endpoint, answer, sent, clock.instant());
    }
  }

  private static SntpReading read(Endpoint endpoint, byte[] bytes, Instant sent, Instant received)
      throws WirelineException {
    ByteBuffer answer = ByteBuffer.wrap(bytes);
    int leap = answer.get(0) >> 6 & 3;
    int stratum = answer.get(1) & 0xFF;
    check(endpoint, (answer.get(0) & 7) == SERVER, "an answer has mode 4");
    if (stratum == 0) {
      String code = new String(bytes, 12, 4, StandardCharsets.ISO_8859_1);
      throw new SntpException(endpoint, ASKING, code);
    }
    check(endpoint, stratum <= MOST_STRATUM && leap != 3, "the server's clock is set");
    check(endpoint, answer.getLong(40) != 0, "an answer has the time when it was sent");
    Duration there = Duration.between(sent, instant(answer.getLong(32), received));
    Duration back = Duration.between(instant(answer.getLong(40), received), received);
    Duration root = span(answer.getInt(4)).dividedBy(2).plus(span(answer.getInt(8)));
    return new SntpReading(there.minus(back).dividedBy(2), there.plus(back), stratum, leap, root);
  }

  /**
   * A timestamp: 32 bits of seconds since 1900, which overflow in 2036, and a 32-bit fraction. Of all moments
   * with these bits it means the one nearest to the local clock (RFC 5905, section 6).
   */
  private static Instant instant(long timestamp, Instant near) {
    long seconds = SecondsSince1900.nearest((int) (timestamp >>> 32), near.getEpochSecond());
    long nanos = ((timestamp & 0xFFFF_FFFFL) * NANOS) >>> 32;
    return Instant.ofEpochSecond(seconds, nanos);
  }

  /** A short span: 16 bits of seconds and a 16-bit fraction. */
  private static Duration span(int shortTime) {
    return Duration.ofNanos(((shortTime & 0xFFFF_FFFFL) * NANOS) >>> 16);
  }

  private static void check(Endpoint endpoint, boolean kept, String rule)
      throws PeerProtocolException {
    if (!kept) {
      throw new PeerProtocolException(endpoint, ASKING, rule, "");
    }
  }
}
