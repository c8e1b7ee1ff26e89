package dev.wireline.examples;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.net.DatagramClient;
import dev.wireline.net.DatagramOptions;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A client that asks a server for the time, once: SNTP (RFC 5905, section 14; RFC 4330).
 *
 * <p>Each request goes out once, for a second try would blur the measurement; RFC 4330, section 10,
 * has a client wait 15 seconds and more before it asks again. Not thread-safe; {@code close()} may be
 * called from any thread.
 */
public final class Sntp implements Closeable {
  private static final Activity ASKING = new Activity(Phase.READ, "asking for the time from");
  private static final int PORT = 123;
  private static final int SIZE = 48;
  private static final int VERSION_4_CLIENT = 4 << 3 | 3;
  private static final int SERVER = 4;
  private static final int MOST_STRATUM = 15;
  private static final long EPOCH_1970 = 2_208_988_800L;
  private static final long NANOS = 1_000_000_000;

  private final DatagramClient client;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /**
   * What a server said.
   *
   * @param offset what is to be added to the local clock, negative where that is ahead
   * @param delay the time of the way there and back
   * @param stratum 1 for a server with a reference clock, to 15
   * @param leap 1 when the last minute of the day has 61 seconds, 2 when it has 59, else 0
   */
  public record Reading(Duration offset, Duration delay, int stratum, int leap) {}

  /** A server that asks to be left alone: a kiss-o'-death packet (RFC 5905, section 7.4). */
  public static final class RefusedException extends WirelineException {
    private static final long serialVersionUID = 1;

    RefusedException(Endpoint server, String code) {
      super(server, ASKING, "the server refuses, and says " + quoted(code), true);
    }
  }

  public Sntp(String server) {
    this(
        Endpoint.parse(server, PORT),
        DatagramOptions.builder().callTimeout(Duration.ofSeconds(5)).build(),
        InstantSource.system());
  }

  public Sntp(Endpoint server, DatagramOptions options, InstantSource clock) {
    this.client = new DatagramClient(server, options.toBuilder().maxTries(1).build());
    this.clock = clock;
  }

  /** Asks. The request holds no time but a random number, which the answer has to repeat. */
  public Reading ask() throws WirelineException {
    long cookie = random.nextLong();
    byte[] request = new byte[SIZE];
    request[0] = VERSION_4_CLIENT;
    ByteBuffer.wrap(request).putLong(40, cookie);
    Instant sent = clock.instant();
    byte[] answer = client.ask(
        request, bytes -> bytes.length >= SIZE && ByteBuffer.wrap(bytes).getLong(24) == cookie);
    return read(answer, sent, clock.instant());
  }

  private Reading read(byte[] bytes, Instant sent, Instant received) throws WirelineException {
    ByteBuffer answer = ByteBuffer.wrap(bytes);
    int leap = answer.get(0) >> 6 & 3;
    int stratum = answer.get(1) & 0xFF;
    check((answer.get(0) & 7) == SERVER, "an answer has mode 4");
    if (stratum == 0) {
      String code = new String(bytes, 12, 4, StandardCharsets.ISO_8859_1);
      throw new RefusedException(client.endpoint(), code);
    }
    check(stratum <= MOST_STRATUM && leap != 3, "the server's clock is set");
    check(answer.getLong(40) != 0, "an answer has the time when it was sent");
    Instant arrived = instant(answer.getLong(32), received);
    Instant answered = instant(answer.getLong(40), received);
    Duration there = Duration.between(sent, arrived);
    Duration back = Duration.between(answered, received);
    return new Reading(there.minus(back).dividedBy(2), there.plus(back), stratum, leap);
  }

  /**
   * A timestamp: 32 bits of seconds since 1900, which run over in 2036, and 32 of their parts. Of all
   * moments with these bits the one nearest to the local clock is meant (RFC 5905, section 6).
   */
  private static Instant instant(long timestamp, Instant near) {
    int ahead = (int) ((timestamp >>> 32) - EPOCH_1970 - near.getEpochSecond());
    long nanos = ((timestamp & 0xFFFF_FFFFL) * NANOS) >>> 32;
    return Instant.ofEpochSecond(near.getEpochSecond() + ahead, nanos);
  }

  private void check(boolean kept, String rule) throws PeerProtocolException {
    if (!kept) {
      throw new PeerProtocolException(client.endpoint(), ASKING, rule, "", true);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
