package dev.wireline.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.Activity;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.Phase;
import dev.wireline.testing.Caller;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.Leftovers;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ThreadKind;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes out, half closes, and what an idle wire holds. */
@Timeout(60)
class WireOutputTest {

  @ParameterizedTest
  @EnumSource
  void keepsReadingAfterAHalfClose(Carrier carrier) throws Exception {
    try (PeerServer server = carrier.serve(client -> {
          byte[] all = client.input().readAllBytes();
          if (carrier != Carrier.TLS_1_2) {
            client.write(all);
          }
        });
        Wire wire = carrier.dial(server)) {
      wire.output().write("question".getBytes(US_ASCII));

      wire.output().shutdown();

      // Before TLS 1.3 the peer may answer a close_notify with another and nothing else.
      String answer = carrier == Carrier.TLS_1_2 ? "" : "question";
      assertThat(new String(wire.input().readAllBytes(), US_ASCII)).isEqualTo(answer);
      assertThat(wire.isOpen()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void writesWhatADataOutputStreamMakes(Carrier carrier) throws Exception {
    try (PeerServer server = carrier.serve(client -> client.write(client.read(9)));
        Wire wire = carrier.dial(server)) {
      DataOutputStream data = new DataOutputStream(wire.output());

      data.writeInt(1);
      data.writeUTF("cat");
      data.flush();

      assertThat(wire.input().readNBytes(9)).containsExactly(0, 0, 0, 1, 0, 3, 'c', 'a', 't');
    }
  }

  @ParameterizedTest
  @EnumSource
  void writesPartsOfArraysOfEverySize(Carrier carrier) throws Exception {
    byte[] large = new byte[400_000];
    new Random(4).nextBytes(large);
    byte[] small = {9, 8, 7, 6, 5};
    BlockingQueue<byte[]> heard = new LinkedBlockingQueue<>();
    try (PeerServer server = carrier.serve(client -> {
          heard.add(client.read(3));
          heard.add(client.read(2));
          heard.add(client.read(0));
          heard.add(client.read(300_000));
          heard.add(client.read(1));
        });
        Wire wire = carrier.dial(server)) {

      wire.output().write(small, 2, 3);
      wire.output().write(small, 0, 2);
      wire.output().write(small, 5, 0);
      wire.output().write(large, 100_000, 300_000);
      wire.output().write(small, 4, 1);

      assertThat(heard.poll(20, TimeUnit.SECONDS)).containsExactly(7, 6, 5);
      assertThat(heard.poll(20, TimeUnit.SECONDS)).containsExactly(9, 8);
      assertThat(heard.poll(20, TimeUnit.SECONDS)).isEmpty();
      assertThat(heard.poll(20, TimeUnit.SECONDS))
          .isEqualTo(Arrays.copyOfRange(large, 100_000, 400_000));
      assertThat(heard.poll(20, TimeUnit.SECONDS)).containsExactly(5);
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysThatThePeerHasClosed(Carrier carrier) throws Exception {
    try (PeerServer server = carrier.serve(PeerConnection::closeWithoutNotify);
        Wire wire = carrier.dial(server)) {

      // The first writes may still fit into the kernel's buffers.
      ConnectionClosedException thrown =
          catchThrowableOfType(ConnectionClosedException.class, () -> {
            while (true) {
              wire.output().write(new byte[100]);
            }
          });

      assertThat(thrown.phase()).isEqualTo(Phase.WRITE);
      assertThat(thrown.endpoint()).isEqualTo(wire.endpoint());
      assertThat(wire.failure()).containsSame(thrown);
    }
  }

  @Test
  void doesNotTakeUnreadForAnAnswerToWhatItWrote() throws Exception {
    try (PeerServer server = PeerServer.start(client -> {
          client.write("abc");
          client.read();
          client.reset();
        });
        Wire wire = Dialer.standard().dial(server.endpoint())) {
      while (wire.input().buffered() < 3) {
        wire.input().fill(9, Deadline.NEVER, Activity.READING);
      }

      ConnectionClosedException thrown =
          catchThrowableOfType(ConnectionClosedException.class, () -> {
            while (true) {
              wire.output().write(1);
            }
          });

      assertThat(thrown.received()).isEmpty();
      assertThat(thrown.getMessage()).doesNotContain("received");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "TLS_1_3"})
  void tellsTheAddressesOfBothEnds(Carrier carrier) throws Exception {
    try (PeerServer server = carrier.serve(PeerConnection::hold)) {
      Wire wire = carrier.dial(server);

      InetSocketAddress local = (InetSocketAddress) wire.localAddress().orElseThrow();
      InetSocketAddress remote = (InetSocketAddress) wire.remoteAddress().orElseThrow();

      assertThat(remote.getPort()).isEqualTo(server.port());
      assertThat(local.getAddress().isLoopbackAddress()).isTrue();
      assertThat(local.getPort()).isPositive().isNotEqualTo(server.port());
      wire.close();
      assertThat(wire.localAddress()).contains(local);
      assertThat(wire.remoteAddress()).contains(remote);
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesItsSelectorsBackWhenParkedAndGoesOn(Carrier carrier) throws Exception {
    try (EchoServer server = echo(carrier);
        Wire wire = carrier
            .dialer()
            .option(StandardSocketOptions.SO_SNDBUF, 4_096)
            .build()
            .dial(server.endpoint())) {
      byte[] sent = new byte[8 << 20];
      Caller<Boolean> writing =
          Caller.run(ThreadKind.PLATFORM, () -> wire.output().write(sent)).awaitWaiting();
      assertThat(wire.input().readNBytes(sent.length)).hasSize(sent.length);
      writing.result();
      assertThat(wire.isQuiet()).isTrue();
      long before = Leftovers.descriptors();

      wire.park();

      // A selector is an epoll and an event descriptor; one for each direction was in use.
      if (before > 0) {
        assertThat(Leftovers.descriptors()).isLessThanOrEqualTo(before - 4);
      }
      wire.output().write(42);
      assertThat(wire.input().read()).isEqualTo(42);
      wire.park();
      wire.park();
      wire.output().write(43);
      assertThat(wire.input().read()).isEqualTo(43);
    }
  }

  private static EchoServer echo(Carrier carrier) throws Exception {
    EchoServer.Builder builder = EchoServer.builder();
    return switch (carrier) {
      case TCP -> builder.start();
      case UNIX -> builder.unix().start();
      case TLS_1_2, TLS_1_3 -> builder.tls(Carrier.CERTIFICATE).start();
    };
  }

  @Test
  void keepsUnreadWhenParked() throws Exception {
    try (PeerServer server = PeerServer.start(client -> {
          client.write("abc");
          client.hold();
        });
        Wire wire = Dialer.standard().dial(server.endpoint())) {
      assertThat(wire.input().read()).isEqualTo('a');
      while (wire.input().buffered() < 2) {
        wire.input().fill(9, Deadline.NEVER, Activity.READING);
      }

      wire.park();

      assertThat(wire.input().readNBytes(2)).asString().isEqualTo("bc");
    }
  }

  /** The JDK copies through direct buffers as large as the request, and keeps them a thread. */
  @Test
  void needsNoLargeDirectBufferForALargeArray() throws Exception {
    BufferPoolMXBean direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .findFirst()
        .orElseThrow();
    byte[] large = new byte[16 << 20];
    try (PeerServer server = PeerServer.start(client -> {
          byte[] piece = new byte[64 << 10];
          for (int left = large.length; left > 0; left -= piece.length) {
            client.read(piece.length);
            client.write(piece);
          }
        });
        Wire wire = Dialer.standard().dial(server.endpoint())) {
      long before = direct.getMemoryUsed();
      Caller<Long> writing = Caller.start(() -> {
        wire.output().write(large);
        return direct.getMemoryUsed();
      });

      new DataInputStream(wire.input()).readFully(new byte[large.length]);

      assertThat(writing.result() - before).isLessThan(4 << 20);
      assertThat(direct.getMemoryUsed() - before).isLessThan(4 << 20);
    }
  }
}
