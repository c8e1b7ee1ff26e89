package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A packed body that is cut is never a whole one, wherever it is cut and however it is framed. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class CutDecodedBodyTest {
  private static final byte[] CONTENT = "hello, hello".getBytes(StandardCharsets.UTF_8);

  /** How the end of the part that came is told. */
  private enum Framing {
    LENGTH,
    CHUNKED,
    UNTIL_CLOSE;

    /** Where the end of the connection is the only end, it was cut; else what was sent is broken. */
    Class<?> failure() {
      return this == UNTIL_CLOSE ? ConnectionClosedException.class : PeerProtocolException.class;
    }

    RawAnswer answer(String coding, byte[] body) {
      String head = "HTTP/1.1 200 OK\r\nContent-Encoding: " + coding + "\r\n";
      return switch (this) {
        case LENGTH ->
          RawAnswer.of(head + "Content-Length: " + body.length + "\r\n\r\n").and(body);
        case CHUNKED -> {
          RawAnswer begun = RawAnswer.of(head + "Transfer-Encoding: chunked\r\n\r\n");
          yield body.length == 0
              ? begun.and("0\r\n\r\n")
              : begun.and(Integer.toHexString(body.length) + "\r\n").and(body).and("\r\n0\r\n\r\n");
        }
        case UNTIL_CLOSE -> RawAnswer.of(head + "\r\n").and(body).thenClose();
      };
    }
  }

  /** A member whose header has all that one can have. */
  private static byte[] fullHeader() {
    byte[] packed = Packed.gzip(CONTENT);
    byte[] fields = {4, 0, 1, 2, 3, 4, 'n', 0, 'c', 0};
    byte[] member = Packed.joined(
        Arrays.copyOf(packed, 10), fields, Arrays.copyOfRange(packed, 10, packed.length));
    member[3] = 4 | 8 | 16;
    return member;
  }

  static List<Arguments> cuts() {
    List<Arguments> cuts = new ArrayList<>();
    for (Framing framing : Framing.values()) {
      add(cuts, framing, "gzip", Packed.gzip(CONTENT), "gzip");
      add(cuts, framing, "gzip", fullHeader(), "gzip with a full header");
      add(cuts, framing, "gzip", Packed.gzip(new byte[0]), "gzip of nothing");
      add(cuts, framing, "deflate", Packed.zlib(CONTENT), "zlib");
      add(cuts, framing, "deflate", Packed.raw(CONTENT), "raw deflate");
      add(cuts, framing, "deflate", Packed.zlib(new byte[0]), "zlib of nothing");
      add(cuts, framing, "deflate, gzip", Packed.gzip(Packed.zlib(CONTENT)), "zlib in gzip");
    }
    return cuts;
  }

  private static void add(
      List<Arguments> cuts, Framing framing, String coding, byte[] packed, String name) {
    cuts.add(arguments(framing, coding, packed, name));
  }

  @ParameterizedTest(name = "{3}, {0}")
  @MethodSource("cuts")
  void isAnExceptionAtEveryByte(Framing framing, String coding, byte[] packed, String name)
      throws Exception {
    List<RawAnswer> answers = new ArrayList<>();
    for (int length = 1; length < packed.length; length++) {
      answers.add(framing.answer(coding, Arrays.copyOf(packed, length)));
    }
    RawAnswer[] all = answers.toArray(RawAnswer[]::new);
    try (RawServer server = RawServer.answering(all);
        HttpAgent agent = HttpAgent.create()) {
      for (int length = 1; length < packed.length; length++) {
        HttpResponse response = agent.get(Agents.origin(server));

        Throwable whole = catchThrowable(response::text);

        assertThat(whole)
            .as("%s bytes of %s", length, packed.length)
            .isInstanceOf(framing.failure());
        assertThat(catchThrowable(response::text)).as("asked again").isNotNull();
      }
      assertThat(agent.leasedConnections()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void isAnExceptionOfTheSameKindInACodingOfTheCallers(Framing framing) throws Exception {
    ContentCoding own = new ContentCoding() {
      @Override
      public String name() {
        return "own";
      }

      @Override
      public InputStream decode(InputStream encoded) throws IOException {
        return new GZIPInputStream(encoded);
      }
    };
    byte[] packed = Packed.gzip(CONTENT);
    try (RawServer server =
            RawServer.answering(framing.answer("own", Arrays.copyOf(packed, packed.length - 9)));
        HttpAgent agent = HttpAgent.builder().contentCoding(own).build()) {
      HttpResponse response = agent.get(Agents.origin(server));

      assertThat(catchThrowable(response::text)).isInstanceOf(framing.failure());
    }
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void isWholeWhereNothingIsCut(Framing framing) throws Exception {
    try (RawServer server = RawServer.answering(
            framing.answer("gzip", fullHeader()), framing.answer("deflate", Packed.raw(CONTENT)));
        HttpAgent agent = HttpAgent.create()) {
      assertThat(agent.get(Agents.origin(server)).bytes()).isEqualTo(CONTENT);
      assertThat(agent.get(Agents.origin(server)).bytes()).isEqualTo(CONTENT);
    }
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void isEmptyWithoutAByteOnlyWhereItsFramingSaysSo(Framing framing) throws Exception {
    for (String coding : List.of("gzip", "deflate")) {
      try (RawServer server = RawServer.answering(framing.answer(coding, new byte[0]));
          HttpAgent agent = HttpAgent.create()) {
        HttpResponse response = agent.get(Agents.origin(server));

        if (framing == Framing.UNTIL_CLOSE) {
          assertThat(catchThrowable(response::text))
              .isInstanceOf(ConnectionClosedException.class)
              .hasMessageContaining("the peer hung up before the end of the packed body");
        } else {
          assertThat(response.text()).as(coding.toUpperCase(Locale.ROOT)).isEmpty();
        }
      }
    }
  }
}
