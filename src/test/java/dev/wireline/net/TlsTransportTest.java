package dev.wireline.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine's states, one by one, in memory. */
@Timeout(60)
class TlsTransportTest {

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  @Test
  void readsWhatStandsBehindATicketThatIsLargerThanTheRoom() throws Exception {
    MemoryPeer peer = new MemoryPeer("TLSv1.3");
    TlsTransport client = peer.connect();
    assertThat(peer.unread()).as("a session ticket").isPositive();
    peer.send(new byte[] {42});
    ByteBuffer into = ByteBuffer.allocate(1);

    int count = client.read(into);

    assertThat(count).isEqualTo(1);
    assertThat(into.array()).containsExactly(42);
    assertThat(client.read(ByteBuffer.allocate(1))).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void findsTheEndThroughTheSmallestRoom(String protocol) throws Exception {
    MemoryPeer peer = new MemoryPeer(protocol);
    TlsTransport client = peer.connect();
    peer.closeOutbound();

    assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2, 1", "TLSv1.2, 100", "TLSv1.3, 1", "TLSv1.3, 100", "TLSv1.3, 8192"})
  void readsALargeRecordInSmallPiecesOfEverySize(String protocol, int most) throws Exception {
    MemoryPeer peer = new MemoryPeer(protocol);
    TlsTransport client = peer.connect();
    byte[] sent = bytes(16_384);
    peer.send(sent);
    peer.send(sent);
    peer.setMost(most);
    ByteBuffer all = ByteBuffer.allocate(2 * sent.length);

    int idle = 0;
    for (int room = 1; all.hasRemaining(); room = room % 700 + 1) {
      ByteBuffer into = ByteBuffer.allocate(Math.min(room, all.remaining()));
      idle = client.read(into) == 0 ? idle + 1 : 0;
      all.put(into.flip());
      assertThat(idle).as("a read that did nothing though bytes were there").isLessThan(2 << 15);
    }

    assertThat(all.slice(0, sent.length)).isEqualTo(ByteBuffer.wrap(sent));
    assertThat(all.slice(sent.length, sent.length)).isEqualTo(ByteBuffer.wrap(sent));
  }

  @Test
  void asksBelowForTheRestOfARecordThatIsLargerThanTheRoom() throws Exception {
    MemoryPeer peer = new MemoryPeer("TLSv1.3");
    TlsTransport client = peer.connect();
    peer.send(bytes(8_193));
    peer.setMost(peer.unread() - 1);
    ByteBuffer into = ByteBuffer.allocate(8_192);
    int before = peer.reads();

    int count = client.read(into);

    assertThat(count).isEqualTo(8_192);
    assertThat(peer.reads()).isEqualTo(before + 2);
    assertThat(client.read(ByteBuffer.allocate(8_192))).isEqualTo(1);
  }

  @Test
  void answersAKeyUpdateFromTheReadingSide() throws Exception {
    MemoryPeer peer = new MemoryPeer("TLSv1.3");
    TlsTransport client = peer.connect();
    peer.updateKeys();
    peer.send(new byte[] {1});

    assertThat(client.read(ByteBuffer.allocate(100))).isEqualTo(1);
    client.write(ByteBuffer.wrap(new byte[] {2}));

    assertThat(peer.receive()).as("the key update").isEmpty();
    assertThat(peer.receive()).containsExactly(2);
  }

  /** As on a connection that is kept for hours and hears of nothing but tickets. */
  @Test
  void takesRecordsWithoutDataForNoFloodWhenTheyComeSlowly() throws Exception {
    StoppedClock clock = new StoppedClock();
    MemoryPeer peer = new MemoryPeer("TLSv1.3", clock);
    TlsTransport client = peer.connect();

    for (int i = 0; i < 3 * TlsTransport.MAX_RECORDS_WITHOUT_DATA; i++) {
      clock.advance(Duration.ofSeconds(1));
      peer.updateKeys();
      assertThat(client.read(ByteBuffer.allocate(10))).isZero();
    }
    peer.send(new byte[] {1});

    assertThat(client.read(ByteBuffer.allocate(10))).isEqualTo(1);
    // All that was saved up is gone with the data.
    for (int i = 0; i <= TlsTransport.MAX_RECORDS_WITHOUT_DATA; i++) {
      peer.updateKeys();
    }
    assertThat(
            catchThrowableOfType(NoDataException.class, () -> client.read(ByteBuffer.allocate(10))))
        .isNotNull();
  }

  @Test
  void readsOnWhenTheAnswerToAKeyUpdateCannotBeSent() throws Exception {
    MemoryPeer peer = new MemoryPeer("TLSv1.3");
    TlsTransport client = peer.connect();
    peer.updateKeys();
    peer.send(new byte[] {1});
    peer.close();

    assertThat(client.read(ByteBuffer.allocate(100))).isEqualTo(1);
    assertThat(client.read(ByteBuffer.allocate(100))).isZero();
    assertThat(catchThrowableOfType(
            IOException.class, () -> client.write(ByteBuffer.wrap(new byte[5]))))
        .hasMessage("Broken pipe");
  }

  @Test
  void holdsBackWhatHasNoRoomBelow() throws Exception {
    MemoryPeer peer = new MemoryPeer("TLSv1.3");
    TlsTransport client = peer.connect();
    byte[] sent = bytes(40_000);
    ByteBuffer from = ByteBuffer.wrap(sent);
    peer.setRoom(10_000);

    client.write(from);

    assertThat(from.position()).as("one record").isBetween(16_000, 16_384);
    assertThat(client.flush()).isBetween(6_000, 6_500);
    peer.setRoom(Integer.MAX_VALUE);
    client.write(from);
    assertThat(from.hasRemaining()).isFalse();
    assertThat(client.flush()).isZero();
    ByteBuffer all = ByteBuffer.allocate(sent.length);
    while (all.hasRemaining()) {
      all.put(peer.receive());
    }
    assertThat(all.array()).isEqualTo(sent);
  }

  @Test
  void sendsItsCloseNotifyWhenThereIsRoomAgain() throws Exception {
    MemoryPeer peer = new MemoryPeer("TLSv1.3");
    TlsTransport client = peer.connect();
    peer.setRoom(5);

    client.shutdownOutput();

    assertThat(client.flush()).isPositive();
    assertThat(peer.isNotified()).isFalse();
    peer.setRoom(Integer.MAX_VALUE);
    assertThat(client.flush()).isZero();
    assertThat(peer.isNotified()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void closesWithACloseNotifyAndNeverWaitsToSendIt(String protocol) throws Exception {
    MemoryPeer peer = new MemoryPeer(protocol);
    TlsTransport client = peer.connect();
    MemoryPeer full = new MemoryPeer(protocol);
    TlsTransport stuck = full.connect();
    full.setRoom(0);
    stuck.write(ByteBuffer.wrap(new byte[100]));

    client.close();
    stuck.close();

    assertThat(peer.isNotified()).isTrue();
    assertThat(full.isNotified()).isFalse();
  }

  @Test
  void answersACloseNotifyOfTls12AndWritesNoMore() throws Exception {
    MemoryPeer peer = new MemoryPeer("TLSv1.2");
    TlsTransport client = peer.connect();
    peer.closeOutbound();

    assertThat(client.read(ByteBuffer.allocate(10))).isEqualTo(-1);

    assertThat(peer.isNotified()).isTrue();
    assertThat(catchThrowableOfType(
            EOFException.class, () -> client.write(ByteBuffer.wrap(new byte[5]))))
        .hasMessage("the peer has closed TLS");
  }

  @Test
  void refusesARenegotiationWithoutStartingIt() throws Exception {
    MemoryPeer peer = new MemoryPeer("TLSv1.2");
    TlsTransport client = peer.connect();
    peer.updateKeys();

    SSLException thrown =
        catchThrowableOfType(SSLException.class, () -> client.read(ByteBuffer.allocate(10)));

    assertThat(thrown).hasMessageContaining("renegotiation");
    assertThat(catchThrowableOfType(SSLException.class, peer::isNotified))
        .hasMessageContaining("Received close_notify during handshake");
  }

  @Test
  void worksOnAfterItWasParked() throws Exception {
    MemoryPeer peer = new MemoryPeer("TLSv1.3");
    TlsTransport client = peer.connect();
    byte[] sent = bytes(5);
    peer.send(sent);
    assertThat(client.read(ByteBuffer.allocate(2))).isEqualTo(2);

    client.park();

    ByteBuffer rest = ByteBuffer.allocate(10);
    assertThat(client.read(rest)).isEqualTo(3);
    client.park();
    client.write(ByteBuffer.wrap(sent));
    assertThat(peer.receive()).isEqualTo(sent);
    peer.send(sent);
    assertThat(client.read(rest)).isEqualTo(5);
  }
}
