package dev.wireline.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.Activity;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.testing.Caller;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The ways to read, over each carrier, fed whole and byte by byte. */
@Timeout(60)
class WireInputTest {
  private static final Activity BLOCK = new Activity(Phase.READ, "reading a block from");

  static Stream<Arguments> feeds() {
    return Stream.of(Carrier.values())
        .flatMap(carrier -> Stream.of(true, false).map(whole -> Arguments.of(carrier, whole)));
  }

  private static Peer sending(String text, boolean whole) {
    return client -> {
      if (whole) {
        client.write(text);
      } else {
        client.writeByteByByte(text);
      }
    };
  }

  private static byte[] exactly(Wire wire, int count) throws WirelineException {
    return wire.input().read(count, Deadline.NEVER, BLOCK);
  }

  @ParameterizedTest(name = "{0}, whole: {1}")
  @MethodSource("feeds")
  void readsSomeOfWhatIsThere(Carrier carrier, boolean whole) throws Exception {
    try (PeerServer server = carrier.serve(sending("hello", whole));
        Wire wire = carrier.dial(server)) {
      StringBuilder all = new StringBuilder();
      byte[] into = new byte[7];

      for (int count = wire.input().read(into, 1, 6);
          count >= 0;
          count = wire.input().read(into, 1, 6)) {
        assertThat(count).isBetween(1, 5);
        all.append(new String(into, 1, count, US_ASCII));
      }

      assertThat(all).hasToString("hello");
      assertThat(into[0]).isZero();
      assertThat(wire.input().read()).isEqualTo(-1);
      assertThat(wire.isOpen()).isTrue();
    }
  }

  @ParameterizedTest(name = "{0}, whole: {1}")
  @MethodSource("feeds")
  void readsExactlySoMany(Carrier carrier, boolean whole) throws Exception {
    try (PeerServer server = carrier.serve(sending("abcdefghij", whole));
        Wire wire = carrier.dial(server)) {

      assertThat(exactly(wire, 0)).isEmpty();
      assertThat(exactly(wire, 3)).asString().isEqualTo("abc");
      assertThat(exactly(wire, 6)).asString().isEqualTo("defghi");
      assertThat(exactly(wire, 1)).asString().isEqualTo("j");
      assertThat(exactly(wire, 0)).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0}, whole: {1}")
  @MethodSource("feeds")
  void doesNotTakeACutBlockForAWholeOne(Carrier carrier, boolean whole) throws Exception {
    try (PeerServer server = carrier.serve(sending("abcde", whole));
        Wire wire = carrier.dial(server)) {

      ConnectionClosedException thrown =
          catchThrowableOfType(ConnectionClosedException.class, () -> exactly(wire, 6));

      assertThat(thrown.received()).asString().isEqualTo("abcde");
      assertThat(thrown)
          .hasMessage("reading a block from " + wire.endpoint()
              + ": the peer hung up after 5 of 6 bytes [READ, connection closed]");
      assertThat(wire.failure()).containsSame(thrown);
      assertThat(catchThrowableOfType(ClientClosedException.class, () -> exactly(wire, 1)))
          .hasCause(thrown);
    }
  }

  @Test
  void keepsWhatCameOfABlockBeforeAReset() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    try (PeerServer server = PeerServer.start(client -> {
          client.write("abcde");
          read.await();
          client.reset();
        });
        Wire wire = Dialer.standard().dial(server.endpoint())) {
      Caller<byte[]> block = Caller.start(() -> exactly(wire, 9)).awaitWaiting();
      read.countDown();

      ConnectionClosedException thrown = block.failure(ConnectionClosedException.class);

      assertThat(thrown.received()).asString().isEqualTo("abcde");
      assertThat(thrown).hasMessageContaining("Connection reset, with 5 bytes of it received");
    }
  }

  @ParameterizedTest(name = "{0}, whole: {1}")
  @MethodSource("feeds")
  void readsToTheEnd(Carrier carrier, boolean whole) throws Exception {
    try (PeerServer server = carrier.serve(sending("abcdefghij", whole));
        Wire wire = carrier.dial(server)) {
      assertThat(wire.input().read()).isEqualTo('a');

      byte[] rest = wire.input().readToEnd(9, Deadline.NEVER, BLOCK);

      assertThat(rest).asString().isEqualTo("bcdefghij");
      assertThat(wire.input().readToEnd(0, Deadline.NEVER, BLOCK)).isEmpty();
      assertThat(wire.isOpen()).isTrue();
    }
  }

  @ParameterizedTest(name = "{0}, whole: {1}")
  @MethodSource("feeds")
  void doesNotReadPastItsLimitToTheEnd(Carrier carrier, boolean whole) throws Exception {
    try (PeerServer server = carrier.serve(sending("abcdefghij", whole));
        Wire wire = carrier.dial(server)) {

      LimitExceededException thrown = catchThrowableOfType(
          LimitExceededException.class, () -> wire.input().readToEnd(9, Deadline.NEVER, BLOCK));

      assertThat(thrown.max()).isEqualTo(9);
      assertThat(thrown.phase()).isEqualTo(Phase.READ);
      assertThat(wire.failure()).containsSame(thrown);
    }
  }

  @ParameterizedTest(name = "{0}, whole: {1}")
  @MethodSource("feeds")
  void doesNotHoldMoreUnreadThanTheLimit(Carrier carrier, boolean whole) throws Exception {
    try (PeerServer server = carrier.serve(sending("abcdefghij", whole));
        Wire wire = carrier.dial(server)) {
      WireInput input = wire.input();

      LimitExceededException thrown = catchThrowableOfType(LimitExceededException.class, () -> {
        while (input.fill(5, Deadline.NEVER, BLOCK)) {
          assertThat(input.indexOf((byte) '\n', 0)).isEqualTo(-1);
        }
      });

      assertThat(thrown.max()).isEqualTo(5);
      assertThat(thrown.endpoint()).isEqualTo(wire.endpoint());
      assertThat(wire.isOpen()).isFalse();
    }
  }

  @ParameterizedTest(name = "{0}, whole: {1}")
  @MethodSource("feeds")
  void looksAtUnreadAndConsumesThem(Carrier carrier, boolean whole) throws Exception {
    try (PeerServer server = carrier.serve(sending("ab\ncd\n", whole));
        Wire wire = carrier.dial(server)) {
      WireInput input = wire.input();
      int end = -1;
      for (int from = 0; end < 0; end = input.indexOf((byte) '\n', from)) {
        from = input.buffered();
        assertThat(input.fill(99, Deadline.NEVER, BLOCK)).isTrue();
      }
      byte[] copy = new byte[3];

      input.copy(1, copy, 1, 2);

      assertThat(end).isEqualTo(2);
      assertThat(input.at(1)).isEqualTo((byte) 'b');
      assertThat(input.text(0, 2, US_ASCII)).isEqualTo("ab");
      assertThat(copy).containsExactly(0, 'b', '\n');
      assertThat(input.available()).isEqualTo(input.buffered());
      input.consume(3);
      assertThat(exactly(wire, 3)).asString().isEqualTo("cd\n");
      assertThat(input.buffered()).isZero();
    }
  }

  @ParameterizedTest(name = "{0}, whole: {1}")
  @MethodSource("feeds")
  void mixesEveryWayToRead(Carrier carrier, boolean whole) throws Exception {
    String sent = "\u0000\u0000\u0000\u0007" + "\u0000\u0003cat" + "a" + "bcd" + "efg" + "rest";
    try (PeerServer server = carrier.serve(sending(sent, whole));
        Wire wire = carrier.dial(server)) {
      WireInput input = wire.input();
      DataInputStream data = new DataInputStream(input);

      assertThat(data.readInt()).isEqualTo(7);
      assertThat(data.readUTF()).isEqualTo("cat");
      assertThat(input.read()).isEqualTo('a');
      assertThat(exactly(wire, 3)).asString().isEqualTo("bcd");
      while (input.buffered() < 3) {
        input.fill(99, Deadline.NEVER, BLOCK);
      }
      assertThat(input.text(0, 3, US_ASCII)).isEqualTo("efg");
      assertThat(input.skip(3)).isEqualTo(3);
      assertThat(input.readAllBytes()).asString().isEqualTo("rest");
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsLargeBlocksWithoutLosingAByte(Carrier carrier) throws Exception {
    byte[] sent = new byte[3_000_001];
    new Random(3).nextBytes(sent);
    try (PeerServer server = carrier.serve(client -> client.write(sent));
        Wire wire = carrier.dial(server)) {
      byte[] all = new byte[sent.length];
      int size = 0;
      int[] pieces = {1, 100, 8_191, 8_192, 8_193, 70_000, 300_000};

      for (int i = 0; size < sent.length; i++) {
        int most = Math.min(pieces[i % pieces.length], sent.length - size);
        int count = wire.input().read(all, size, most);
        assertThat(count).isBetween(1, most);
        size += count;
      }

      assertThat(all).isEqualTo(sent);
      assertThat(wire.input().read()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNIX")
  void reportsAReset(Carrier carrier) throws Exception {
    try (PeerServer server = carrier.serve(client -> {
          client.read();
          client.reset();
        });
        Wire wire = carrier.dial(server)) {
      wire.output().write(1);

      ConnectionClosedException thrown = catchThrowableOfType(
          ConnectionClosedException.class, () -> wire.input().read());

      assertThat(thrown.phase()).isEqualTo(Phase.READ);
      assertThat(thrown.received()).isEmpty();
      assertThat(thrown).hasMessageContaining("Connection reset");
      assertThat(wire.failure()).containsSame(thrown);
    }
  }

  @Test
  void closesTheWireWithTheStream() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold)) {
      for (boolean in : new boolean[] {true, false}) {
        Wire wire = Dialer.standard().dial(server.endpoint());

        if (in) {
          wire.input().close();
        } else {
          wire.output().close();
        }

        assertThat(wire.isOpen()).isFalse();
        assertThat(wire.failure()).isEmpty();
      }
    }
  }

  @Test
  void saysThatItIsNotConnectedYet() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        Wire wire = Dialer.standard().wire(server.endpoint())) {

      IOException thrown =
          catchThrowableOfType(ClientClosedException.class, () -> wire.input().read());

      assertThat(thrown).hasMessageContaining("not connected yet");
      assertThat(wire.localAddress()).isEmpty();
      assertThat(wire.remoteAddress()).isEmpty();
      assertThat(wire.tlsSession()).isEmpty();
      wire.connect();
      assertThat(wire.isOpen()).isTrue();
    }
  }
}
