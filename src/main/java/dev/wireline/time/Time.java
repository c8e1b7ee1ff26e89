package dev.wireline.time;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.internal.SecondsSince1900;
import dev.wireline.line.Message;
import dev.wireline.line.Question;
import dev.wireline.line.QuestionOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/**
 * Time (RFC 868) over TCP: the seconds since 1900, in four bytes. Thread-safe.
 *
 * <p>The count overflows on 2036-02-07. Of all moments with the same 32 bits, the result is the one nearest to
 * the local clock, which may be up to 68 years off.
 */
public final class Time {
  /** The port: 37. */
  public static final int PORT = 37;

  private Time() {}

  /**
   * Asks for the time.
   *
   * @param endpoint {@code host} or {@code host:port}
   * @return the time, to the second
   * @throws IllegalArgumentException if it is not a valid endpoint; nothing was dialled
   * @throws IOException as {@link #ask(Endpoint, QuestionOptions, InstantSource)}
   */
  public static Instant ask(String endpoint) throws IOException {
    Endpoint place = Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint"), PORT);
    return ask(place, QuestionOptions.standard(), InstantSource.system());
  }

  /**
   * Asks for the time.
   *
   * @param endpoint the server
   * @param options the timeout and the limits
   * @param clock the local clock
   * @return the time, to the second
   * @throws dev.wireline.error.ConnectionClosedException if fewer than four bytes came
   * @throws IOException as {@link Question#ask}
   */
  public static Instant ask(Endpoint endpoint, QuestionOptions options, InstantSource clock)
      throws IOException {
    Objects.requireNonNull(clock, "clock");
    byte[] bytes = Question.ask(
        endpoint, Message.of(), options, question -> question.client().read(Integer.BYTES));
    long near = clock.instant().getEpochSecond();
    return Instant.ofEpochSecond(SecondsSince1900.nearest(ByteBuffer.wrap(bytes).getInt(), near));
  }
}
