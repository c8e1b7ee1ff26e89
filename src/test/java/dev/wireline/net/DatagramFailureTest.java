package dev.wireline.net;

import static dev.wireline.net.Datagrams.bytes;
import static dev.wireline.net.Datagrams.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ConnectFailedException;
import dev.wireline.error.ConnectionRefusedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.Phase;
import dev.wireline.error.UnresolvedHostException;
import dev.wireline.testing.DatagramServer;
import dev.wireline.testing.Leftovers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a call over UDP fails, what it says, and that the client goes on. */
@Timeout(60)
class DatagramFailureTest {
  private static final DatagramOptions SHORT = DatagramOptions.builder()
      .callTimeout(Duration.ofMillis(1000))
      .firstWait(Duration.ofMillis(1))
      .maxTries(3)
      .build();

  private long before;

  @BeforeEach
  void count() throws IOException {
    before = Leftovers.descriptors();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    assertThat(Leftovers.descriptors()).isEqualTo(before);
    assertThat(Leftovers.threadsOfTheLibrary()).isEmpty();
  }

  @Test
  void endsAtItsDeadlineAfterAllTries() throws Exception {
    try (var server = DatagramServer.builder().dropFirst(3).start();
        var client = new DatagramClient(server.endpoint(), SHORT)) {
      DeadlineExceededException thrown =
          catchThrowableOfType(DeadlineExceededException.class, () -> client.ask(bytes("hello")));

      assertThat(thrown.phase()).isEqualTo(Phase.CALL);
      assertThat(thrown.setting()).hasValue("callTimeout");
      assertThat(thrown.endpoint()).isEqualTo(server.endpoint());
      assertThat(thrown).hasMessageContaining("(callTimeout): 3 tries [CALL");
      assertThat(server.requests()).hasSize(3);
      assertThat(text(client.ask(bytes("again")))).isEqualTo("again");
    }
  }

  @Test
  void sendsOnceWhereItMayNotRepeat() throws Exception {
    var once = SHORT.toBuilder().maxTries(1).build();
    try (var server = DatagramServer.builder().dropEvery(1).start();
        var client = new DatagramClient(server.endpoint(), once)) {
      DeadlineExceededException thrown =
          catchThrowableOfType(DeadlineExceededException.class, () -> client.ask(bytes("hello")));

      assertThat(thrown).hasMessageContaining(": 1 try [CALL");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void tellsHowManyDatagramsWereNoAnswer() throws Exception {
    try (var server = DatagramServer.answering(request -> List.of(request, request));
        var client = new DatagramClient(server.endpoint(), SHORT)) {
      DeadlineExceededException thrown = catchThrowableOfType(
          DeadlineExceededException.class, () -> client.ask(bytes("x"), datagram -> false));

      assertThat(thrown).hasMessageContaining(": 3 tries, 6 datagrams passed over [CALL");
    }
  }

  @Test
  void endsWhenAPeerFloodsIt() throws Exception {
    try (var server =
            DatagramServer.answering(request -> Collections.nCopies(200, bytes("noise")));
        var client = new DatagramClient(server.endpoint())) {
      LimitExceededException thrown = catchThrowableOfType(
          LimitExceededException.class, () -> client.ask(bytes("x"), datagram -> false));

      assertThat(thrown.limit()).isEqualTo("datagrams passed over");
      assertThat(thrown.max()).isEqualTo(100);
      assertThat(text(client.ask(bytes("x")))).isEqualTo("noise");
    }
  }

  @Test
  void refusesAnAnswerThatIsTooLarge() throws Exception {
    var options = DatagramOptions.builder().maxAnswerBytes(4).build();
    try (var server = DatagramServer.echo();
        var client = new DatagramClient(server.endpoint(), options)) {
      LimitExceededException thrown =
          catchThrowableOfType(LimitExceededException.class, () -> client.ask(bytes("12345")));

      assertThat(thrown.limit()).isEqualTo("maxAnswerBytes");
      assertThat(thrown.max()).isEqualTo(4);
      assertThat(text(client.ask(bytes("1234")))).isEqualTo("1234");
    }
  }

  @Test
  void saysAtOnceThatNobodyListens() throws Exception {
    try (var refusing = Datagrams.refusing("127.0.0.1");
        var client = new DatagramClient(refusing.endpoint())) {
      ConnectionRefusedException thrown =
          catchThrowableOfType(ConnectionRefusedException.class, () -> client.ask(bytes("hello")));

      assertThat(thrown)
          .hasMessageContaining(
              "connection refused (127.0.0.1:" + refusing.port() + ": port unreachable after");
      assertThat(thrown.getSuppressed()).hasSize(1);
      assertThat(thrown.getSuppressed()[0]).hasCauseInstanceOf(PortUnreachableException.class);
    }
  }

  @Test
  void saysThatEachAddressRefused() throws Exception {
    try (var refusing = Datagrams.refusing("127.0.0.1");
        var client = new DatagramClient(
            Endpoint.tcp("server.test", refusing.port()),
            DatagramOptions.builder()
                .resolver(Names.of("127.0.0.1", "127.0.0.2"))
                .build())) {
      ConnectionRefusedException thrown =
          catchThrowableOfType(ConnectionRefusedException.class, () -> client.ask(bytes("hello")));

      assertThat(thrown.getSuppressed()).hasSize(2);
    }
  }

  @Test
  void tellsARefusalBesideTheSilenceOfAnother() throws Exception {
    try (var refusing = Datagrams.refusing("127.0.0.1");
        var silent = Datagrams.on("127.0.0.2", refusing.port());
        var client = new DatagramClient(
            Endpoint.tcp("server.test", silent.port()),
            SHORT.toBuilder().resolver(Names.of("127.0.0.1", "127.0.0.2")).build())) {
      DeadlineExceededException thrown =
          catchThrowableOfType(DeadlineExceededException.class, () -> client.ask(bytes("hello")));

      assertThat(thrown)
          .hasMessageContaining(": 4 tries; 127.0.0.1:" + refusing.port() + ": port unreachable");
      assertThat(thrown.getSuppressed()).hasSize(1);
    }
  }

  @Test
  void saysThatAnAddressCannotBeSentTo() throws Exception {
    // The system lets nobody send to a broadcast address who has not asked for it.
    try (var client = new DatagramClient("255.255.255.255:9")) {
      ConnectFailedException thrown =
          catchThrowableOfType(ConnectFailedException.class, () -> client.ask(bytes("hello")));

      assertThat(thrown)
          .isNotInstanceOf(ConnectionRefusedException.class)
          .hasMessageContaining("not connected (255.255.255.255:9: ");
    }
  }

  @Test
  void saysThatANameHasNoAddress() throws Exception {
    var options = DatagramOptions.builder()
        .resolver(host -> {
          throw new UnknownHostException(host + ": Name or service not known");
        })
        .build();
    try (var client = new DatagramClient(Endpoint.tcp("server.test", 7), options)) {
      UnresolvedHostException thrown =
          catchThrowableOfType(UnresolvedHostException.class, () -> client.ask(bytes("hello")));

      assertThat(thrown.phase()).isEqualTo(Phase.RESOLVE);
    }
  }

  @Test
  void takesAnAnswerThatCameBeforeARefusal() throws Exception {
    try (Selector selector = Selector.open()) {
      Datagrams server = Datagrams.on("127.0.0.1");
      Addressee addressee = new Addressee(
          new InetSocketAddress(Names.address("127.0.0.1"), server.port()), new LatePorts());
      addressee.send(bytes("hello"), selector);
      server.answer(server.receive(), "bye");
      server.close();
      addressee.send(bytes("hello"), selector);
      ByteBuffer input = ByteBuffer.allocate(10);

      boolean received = addressee.receive(input);

      assertThat(received).isTrue();
      assertThat(input.position()).isEqualTo(3);
      assertThat(addressee.failure()).isNull();
      addressee.close();
    }
  }
}
