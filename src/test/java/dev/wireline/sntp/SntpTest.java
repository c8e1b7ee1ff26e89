package dev.wireline.sntp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.net.DatagramOptions;
import dev.wireline.testing.DatagramServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SNTP, with servers whose every bit is known. */
@Timeout(60)
class SntpTest {
  private static final DatagramOptions OPTIONS =
      DatagramOptions.builder().callTimeout(Duration.ofSeconds(20)).build();
  private static final byte NO_LEAP = 4 << 3 | 4;

  /** 0xEEAC0640 in seconds since 1900. */
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private static ByteBuffer answer(byte[] request, long arrived, long answered) {
    ByteBuffer answer = ByteBuffer.allocate(48).put(NO_LEAP).put((byte) 1);
    answer.putLong(24, ByteBuffer.wrap(request).getLong(40));
    return answer.putLong(32, arrived).putLong(40, answered);
  }

  /** Asks a server that gives one answer; the clock shows the times one after the other. */
  private static SntpReading ask(UnaryOperator<byte[]> answers, String... times)
      throws IOException {
    Iterator<Instant> clock = Stream.of(times).map(Instant::parse).iterator();
    InstantSource source = clock::next;
    try (var server = DatagramServer.answering(request -> List.of(answers.apply(request)))) {
      return Sntp.ask(server.endpoint(), OPTIONS, source);
    }
  }

  static Stream<Arguments> vectors() {
    return Stream.of(
        Arguments.of(
            "in step, 100 ms there and back",
            "2026-11-21T12:00:00.000Z",
            "2026-11-21T12:00:00.100Z",
            0xEEAC_0640_0CCC_CCCDL,
            0xEEAC_0640_0CCC_CCCDL,
            Duration.ZERO,
            Duration.ofMillis(100)),
        Arguments.of(
            "half a second behind, an eighth of a second in the server",
            "2026-11-21T12:00:00.000Z",
            "2026-11-21T12:00:00.375Z",
            0xEEAC_0640_A000_0000L,
            0xEEAC_0640_C000_0000L,
            Duration.ofMillis(500),
            Duration.ofMillis(250)),
        Arguments.of(
            "an hour ahead",
            "2026-11-21T13:00:00Z",
            "2026-11-21T13:00:00Z",
            0xEEAC_0640_0000_0000L,
            0xEEAC_0640_0000_0000L,
            Duration.ofHours(-1),
            Duration.ZERO),
        Arguments.of(
            "the seconds have run over in 2036, the local clock not yet",
            "2036-02-07T06:28:15Z",
            "2036-02-07T06:28:15Z",
            0x0000_0001_8000_0000L,
            0x0000_0001_8000_0000L,
            Duration.ofMillis(2500),
            Duration.ZERO),
        Arguments.of(
            "the local clock has run over, the server's not yet",
            "2036-02-07T06:28:17Z",
            "2036-02-07T06:28:17Z",
            0xFFFF_FFFF_0000_0000L,
            0xFFFF_FFFF_0000_0000L,
            Duration.ofSeconds(-2),
            Duration.ZERO));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void measuresOffsetAndDelay(
      String name,
      String sent,
      String received,
      long arrived,
      long answered,
      Duration offset,
      Duration delay)
      throws IOException {
    SntpReading reading =
        ask(request -> answer(request, arrived, answered).array(), sent, received);

    Duration grain = Duration.ofNanos(2);
    assertThat(reading.offset()).isCloseTo(offset, grain);
    assertThat(reading.delay()).isCloseTo(delay, grain);
    assertThat(reading.stratum()).isEqualTo(1);
    assertThat(reading.leap()).isZero();
    assertThat(reading.rootDistance()).isZero();
  }

  @Test
  void tellsHowFarTheServerMayBeOff() throws IOException {
    SntpReading reading = ask(
        request -> answer(request, 1L << 32, 1L << 32)
            .putInt(4, 0x0001_8000)
            .putInt(8, 0x0000_4000)
            .array(),
        NOON.toString(),
        NOON.toString());

    assertThat(reading.rootDistance()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void sendsNothingButARandomNumber() throws IOException {
    try (var server = DatagramServer.answering(
        request -> List.of(answer(request, 1L << 32, 1L << 32).array()))) {
      Sntp.ask(server.endpoint(), OPTIONS, InstantSource.fixed(NOON));
      Sntp.ask(server.endpoint(), OPTIONS, InstantSource.fixed(NOON));

      byte[] first = server.requests().get(0);
      byte[] second = server.requests().get(1);
      assertThat(first).hasSize(48).startsWith(0x23);
      assertThat(ByteBuffer.wrap(first, 1, 39)).isEqualTo(ByteBuffer.allocate(39));
      assertThat(ByteBuffer.wrap(second).getLong(40))
          .isNotEqualTo(ByteBuffer.wrap(first).getLong(40));
    }
  }

  @Test
  void passesOverAnAnswerToAnotherRequest() throws IOException {
    try (var server = DatagramServer.answering(request -> List.of(
        answer(new byte[48], 1L << 32, 1L << 32).array(),
        new byte[47],
        answer(request, 0xEEAC_0640L << 32, 0xEEAC_0640L << 32).array()))) {
      assertThat(Sntp.ask(server.endpoint(), OPTIONS, InstantSource.fixed(NOON)).offset())
          .isZero();
    }
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("a client's mode", 0, 4 << 3 | 3, "an answer has mode 4"),
        Arguments.of("alarm", 0, 3 << 6 | 4 << 3 | 4, "the server's clock is set"),
        Arguments.of("stratum 16", 1, 16, "the server's clock is set"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void refusesAnAnswerWithoutATime(String name, int index, int octet, String rule) {
    UnaryOperator<byte[]> faulty =
        request -> answer(request, 1L << 32, 1L << 32).put(index, (byte) octet).array();

    assertThatExceptionOfType(PeerProtocolException.class)
        .isThrownBy(() -> ask(faulty, NOON.toString(), NOON.toString()))
        .satisfies(e -> assertThat(e.rule()).isEqualTo(rule));
  }

  @Test
  void refusesAnAnswerThatSaysNotWhenItWasSent() {
    assertThatExceptionOfType(PeerProtocolException.class)
        .isThrownBy(
            () -> ask(request -> answer(request, 1, 0).array(), NOON.toString(), NOON.toString()))
        .withMessageContaining("the time when it was sent");
  }

  @Test
  void saysThatAServerWantsToBeLeftAlone() {
    byte[] rate = "RATE".getBytes(StandardCharsets.US_ASCII);

    assertThatExceptionOfType(SntpException.class)
        .isThrownBy(() -> ask(
            request -> answer(request, 1, 1).put(1, (byte) 0).put(12, rate).array(),
            NOON.toString(),
            NOON.toString()))
        .withMessageContaining("says \"RATE\"")
        .satisfies(e -> assertThat(e.code()).isEqualTo("RATE"));
  }

  @Test
  void quotesTheCodeOfAServerThatWritesAnything() {
    byte[] forged = "\r\n\0\u001b".getBytes(StandardCharsets.ISO_8859_1);

    assertThatExceptionOfType(SntpException.class)
        .isThrownBy(() -> ask(
            request -> answer(request, 1, 1).put(1, (byte) 0).put(12, forged).array(),
            NOON.toString(),
            NOON.toString()))
        .satisfies(e -> assertThat(e.getMessage().chars()).noneMatch(each -> each < ' '));
  }

  /** Neither truncated ones nor those that repeat another number, however many there are. */
  @Test
  void believesNoAnswerToWhatItDidNotAsk() throws IOException {
    DatagramOptions hurried =
        DatagramOptions.builder().callTimeout(Duration.ofMillis(200)).build();
    UnaryOperator<byte[]> guess =
        request -> answer(new byte[48], 1L << 32, 1L << 32).array();
    try (var server =
        DatagramServer.answering(request -> Collections.nCopies(200, guess.apply(request)))) {
      assertThatExceptionOfType(LimitExceededException.class)
          .isThrownBy(() -> Sntp.ask(server.endpoint(), hurried, InstantSource.fixed(NOON)));
    }
    try (var server =
        DatagramServer.answering(request -> List.of(Arrays.copyOf(request, 47), new byte[0]))) {
      assertThatExceptionOfType(DeadlineExceededException.class)
          .isThrownBy(() -> Sntp.ask(server.endpoint(), hurried, InstantSource.fixed(NOON)));
    }
  }

  @Test
  void believesNoStranger() throws IOException {
    byte[] forged = answer(new byte[48], 0x1234L << 32, 0x1234L << 32).array();
    try (var server = DatagramServer.builder()
        .stranger(forged)
        .answers(request ->
            List.of(answer(request, 0xEEAC_0640L << 32, 0xEEAC_0640L << 32).array()))
        .start()) {
      assertThat(Sntp.ask(server.endpoint(), OPTIONS, InstantSource.fixed(NOON)).offset())
          .isZero();
    }
  }

  @Test
  void asksOnceAlone() throws IOException {
    var options = DatagramOptions.builder()
        .callTimeout(Duration.ofMillis(100))
        .maxTries(5)
        .build();
    try (var server = DatagramServer.builder().dropEvery(1).start()) {
      assertThatExceptionOfType(DeadlineExceededException.class)
          .isThrownBy(() -> Sntp.ask(server.endpoint(), options, InstantSource.system()));

      assertThat(server.requests()).hasSize(1);
    }
  }
}
