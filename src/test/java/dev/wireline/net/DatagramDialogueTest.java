package dev.wireline.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.testing.Caller;
import dev.wireline.testing.DatagramServer;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many datagrams with one peer. TFTP's tests show what happens when it answers from another port. */
@Timeout(60)
@SuppressWarnings("try") // Closed while it is used, on purpose.
class DatagramDialogueTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final DatagramOptions STANDARD = DatagramOptions.standard();

  private static DatagramDialogue open(DatagramServer server) throws Exception {
    return DatagramDialogue.open(server.endpoint(), STANDARD, new byte[0]);
  }

  @Test
  void takesThePortThatAnswersFirstForThePeersAndNoOther() throws Exception {
    try (DatagramServer server =
            DatagramServer.builder().stranger(new byte[] {9}).start();
        DatagramDialogue dialogue = open(server)) {
      dialogue.send(new byte[] {1});

      assertThat(dialogue.receive(SOON).orElseThrow()).containsExactly(9);
      assertThat(dialogue.receive(Duration.ofMillis(50))).isEmpty();
    }
  }

  @Test
  void waitsNoLongerThanItIsTold() throws Exception {
    try (DatagramServer server = DatagramServer.builder().dropEvery(1).start();
        DatagramDialogue dialogue = open(server)) {
      dialogue.send(new byte[] {1});

      assertThat(dialogue.receive(Duration.ofMillis(20))).isEmpty();
    }
  }

  @Test
  void endsAtTheEndOfItsWholeTime() throws Exception {
    DatagramOptions brief =
        STANDARD.toBuilder().callTimeout(Duration.ofMillis(50)).build();
    try (DatagramServer server = DatagramServer.builder().dropEvery(1).start();
        DatagramDialogue dialogue = DatagramDialogue.open(server.endpoint(), brief, new byte[0])) {
      assertThat(
              catchThrowableOfType(DeadlineExceededException.class, () -> dialogue.receive(SOON)))
          .hasMessageContaining("callTimeout");
    }
  }

  @Test
  void staysAtItsEndWhateverComesAfterIt() throws Exception {
    DatagramOptions brief =
        STANDARD.toBuilder().callTimeout(Duration.ofMillis(50)).build();
    try (DatagramSocket server =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        DatagramDialogue dialogue = DatagramDialogue.open(
            Endpoint.tcp("127.0.0.1", server.getLocalPort()), brief, new byte[0])) {
      dialogue.send(new byte[] {1});
      DatagramPacket asked = new DatagramPacket(new byte[1], 1);
      server.receive(asked);
      assertThatThrownBy(() -> dialogue.receive(SOON))
          .isInstanceOf(DeadlineExceededException.class);

      server.send(asked);

      assertThat(
              catchThrowableOfType(DeadlineExceededException.class, () -> dialogue.receive(SOON)))
          .hasMessageContaining("callTimeout");
    }
  }

  @Test
  void takesNoPartForTheWhole() throws Exception {
    DatagramOptions small = STANDARD.toBuilder().maxAnswerBytes(3).build();
    try (DatagramServer server = DatagramServer.echo();
        DatagramDialogue dialogue = DatagramDialogue.open(server.endpoint(), small, new byte[0])) {
      dialogue.send(new byte[4]);

      assertThat(catchThrowableOfType(LimitExceededException.class, () -> dialogue.receive(SOON)))
          .isNotNull();
    }
  }

  @Test
  void isWokenByACloseAndByAnInterrupt() throws Exception {
    try (DatagramServer server = DatagramServer.builder().dropEvery(1).start();
        DatagramDialogue closed = open(server);
        DatagramDialogue interrupted = open(server)) {
      Caller<Optional<byte[]>> first = Caller.start(() -> closed.receive(SOON)).awaitSelecting();
      Caller<Optional<byte[]>> second =
          Caller.start(() -> interrupted.receive(SOON)).awaitSelecting();

      closed.close();
      second.interrupt();

      first.failure(ClientClosedException.class);
      second.failure(CallInterruptedException.class);
      assertThat(catchThrowableOfType(ClientClosedException.class, () -> closed.send(new byte[1])))
          .isNotNull();
    }
  }

  @Test
  void asksEachAddressOfANameInTurn() throws Exception {
    InetAddress deaf = InetAddress.getByName("127.0.0.9");
    try (DatagramServer server = DatagramServer.echo()) {
      DatagramOptions both = STANDARD.toBuilder()
          .resolver(name -> List.of(deaf, InetAddress.getLoopbackAddress()))
          .build();
      Endpoint place = Endpoint.tcp("both.test", server.endpoint().port());
      try (DatagramDialogue dialogue = DatagramDialogue.open(place, both, new byte[0])) {
        dialogue.send(new byte[] {1});
        dialogue.send(new byte[] {2});

        assertThat(dialogue.receive(SOON))
            .hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(2));
      }
    }
  }

  @Test
  void speaksWithAHostAndAPortAlone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DatagramDialogue.open(Endpoint.tls("h.test", 1), STANDARD, new byte[0]));
  }
}
