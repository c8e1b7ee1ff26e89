package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.Phase;
import dev.wireline.error.TlsException;
import dev.wireline.error.WirelineException;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.testing.Caller;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.TestCertificate;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Peers that mean no good: each ends in its own exception, in time, and breaks the client. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class HostilePeerTest {
  private static final Duration SHORT = Duration.ofMillis(80);
  private static final Duration LONG = Duration.ofSeconds(40);

  /** A call that waits for the peer. */
  enum Read {
    LINE,
    LINE_OR_END,
    LINE_BYTES,
    BYTES,
    TO_END;

    Object from(LineClient client) throws IOException {
      return switch (this) {
        case LINE -> client.readLine();
        case LINE_OR_END -> client.readLineOrEnd();
        case LINE_BYTES -> client.readLineBytes();
        case BYTES -> client.read(1_000_000);
        case TO_END -> client.readToEnd();
      };
    }
  }

  static List<Arguments> waysAndReads() {
    return waysAndReads(EnumSet.noneOf(Read.class));
  }

  /** A Unix-domain socket knows no reset: to a read that takes an end it is one. */
  static List<Arguments> resetsBeforeAByte() {
    return waysAndReads(EnumSet.of(Read.LINE_OR_END, Read.TO_END));
  }

  static List<Arguments> resetsInTheMiddle() {
    return waysAndReads(EnumSet.of(Read.TO_END));
  }

  private static List<Arguments> waysAndReads(Set<Read> notOverUnix) {
    List<Arguments> all = new ArrayList<>();
    for (Way way : Way.values()) {
      for (Read read : Read.values()) {
        if (way != Way.UNIX || !notOverUnix.contains(read)) {
          all.add(Arguments.of(way, read));
        }
      }
    }
    return all;
  }

  private static Object writeForEver(LineClient client) throws IOException {
    String line = "x".repeat(100_000);
    while (true) {
      client.writeLine(line);
    }
  }

  private static void assertBroken(LineClient client, Throwable by) {
    assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    assertThatExceptionOfType(ClientClosedException.class)
        .isThrownBy(client::readLine)
        .havingCause()
        .isSameAs(by);
  }

  @ParameterizedTest
  @MethodSource("waysAndReads")
  void isSilent(Way way, Read read) throws Exception {
    try (PeerServer server = way.start(PeerConnection::hold);
        LineClient client = way.client(server, SHORT, LONG)) {
      DeadlineExceededException thrown =
          catchThrowableOfType(DeadlineExceededException.class, () -> read.from(client));

      assertThat(thrown.phase()).isEqualTo(Phase.READ);
      assertThat(thrown).hasMessageContaining("not a byte moved for ");
      assertThat(thrown.elapsed()).isGreaterThanOrEqualTo(SHORT);
      assertBroken(client, thrown);
    }
  }

  @ParameterizedTest
  @MethodSource("waysAndReads")
  void fallsSilentInTheMiddle(Way way, Read read) throws Exception {
    Peer peer = connection -> {
      connection.write("abc");
      connection.hold();
    };
    try (PeerServer server = way.start(peer);
        LineClient client = way.client(server, SHORT, LONG)) {
      DeadlineExceededException thrown =
          catchThrowableOfType(DeadlineExceededException.class, () -> read.from(client));

      assertThat(thrown.phase()).isEqualTo(Phase.READ);
      assertThat(thrown).hasMessageContaining("not a byte moved for ");
      assertBroken(client, thrown);
    }
  }

  @ParameterizedTest
  @MethodSource("waysAndReads")
  void dripsForEver(Way way, Read read) throws Exception {
    CountDownLatch enough = new CountDownLatch(1);
    Peer peer = connection -> {
      while (!enough.await(2, TimeUnit.MILLISECONDS)) {
        connection.write("x");
      }
    };
    try (PeerServer server = way.start(peer);
        LineClient client = way.client(server, LONG, SHORT)) {
      DeadlineExceededException thrown =
          catchThrowableOfType(DeadlineExceededException.class, () -> read.from(client));
      enough.countDown();

      assertThat(thrown.phase()).isEqualTo(Phase.READ);
      assertThat(thrown).hasMessageContaining(server.endpoint() + ": not done after ");
      assertThat(thrown.elapsed()).isGreaterThanOrEqualTo(SHORT);
      assertBroken(client, thrown);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void sendsAnEndlessLine(Way way) throws Exception {
    Peer peer = connection -> {
      while (true) {
        connection.write("x".repeat(1000));
      }
    };
    for (Read read : EnumSet.of(Read.LINE, Read.LINE_OR_END, Read.LINE_BYTES)) {
      try (PeerServer server = way.start(peer);
          LineClient client = way.client(server, LONG, LONG)) {
        LimitExceededException thrown =
            catchThrowableOfType(LimitExceededException.class, () -> read.from(client));

        assertThat(thrown.limit()).isEqualTo("maxLineBytes");
        assertBroken(client, thrown);
      }
    }
  }

  @ParameterizedTest
  @MethodSource
  void resetsBeforeAByte(Way way, Read read) throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    Peer peer = connection -> {
      connected.await();
      connection.reset();
    };
    try (PeerServer server = way.start(peer);
        LineClient client = way.client(server, LONG, LONG)) {
      client.connect();
      connected.countDown();

      ConnectionClosedException thrown =
          catchThrowableOfType(ConnectionClosedException.class, () -> read.from(client));

      assertThat(thrown.received()).isEmpty();
      assertBroken(client, thrown);
    }
  }

  @ParameterizedTest
  @MethodSource
  void resetsInTheMiddle(Way way, Read read) throws Exception {
    Peer peer = connection -> {
      connection.write("abc");
      connection.readLine();
      connection.reset();
    };
    try (PeerServer server = way.start(peer);
        LineClient client = way.client(server, LONG, LONG)) {
      client.pollLine(Duration.ZERO);
      client.writeLine("go on");

      ConnectionClosedException thrown =
          catchThrowableOfType(ConnectionClosedException.class, () -> read.from(client));

      assertBroken(client, thrown);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void neverReads(Way way) throws Exception {
    try (PeerServer server = way.start(PeerConnection::hold);
        LineClient client = way.client(server, SHORT, LONG)) {
      DeadlineExceededException thrown =
          catchThrowableOfType(DeadlineExceededException.class, () -> writeForEver(client));

      assertThat(thrown.phase()).isEqualTo(Phase.WRITE);
      assertThat(thrown).hasMessageContaining("the peer does not read");
      assertBroken(client, thrown);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void neverReadsWhileAnotherThreadWaitsForIt(Way way) throws Exception {
    try (PeerServer server = way.start(PeerConnection::hold);
        LineClient client = way.client(server, LONG, SHORT)) {
      client.connect();
      Caller<String> reader = Caller.start(client::readLine);
      reader.awaitSelecting();

      DeadlineExceededException thrown =
          catchThrowableOfType(DeadlineExceededException.class, () -> writeForEver(client));

      assertThat(thrown.phase()).isEqualTo(Phase.WRITE);
      assertThat(reader.failure()).isInstanceOf(ClientClosedException.class).hasCause(thrown);
      assertBroken(client, thrown);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void readsByDripsForEver(Way way) throws Exception {
    CountDownLatch enough = new CountDownLatch(1);
    Peer peer = connection -> {
      while (!enough.await(1, TimeUnit.MILLISECONDS)) {
        connection.read(1000);
      }
    };
    try (PeerServer server = way.start(peer);
        LineClient client = way.client(server, LONG, SHORT)) {
      DeadlineExceededException thrown =
          catchThrowableOfType(DeadlineExceededException.class, () -> writeForEver(client));
      enough.countDown();

      assertThat(thrown.phase()).isEqualTo(Phase.WRITE);
      assertBroken(client, thrown);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void hangsUpWhileALineIsWritten(Way way) throws Exception {
    try (PeerServer server = way.start(connection -> connection.read(1));
        LineClient client = way.client(server, LONG, LONG)) {
      WirelineException thrown =
          catchThrowableOfType(WirelineException.class, () -> writeForEver(client));

      assertThat(thrown).isInstanceOf(ConnectionClosedException.class);
      assertThat(thrown.phase()).isEqualTo(Phase.WRITE);
      assertBroken(client, thrown);
    }
  }

  @Test
  void announcesMuchAndSendsLittle() throws Exception {
    Peer peer = connection -> {
      connection.write("VALUE 1073741824\r\nabc");
      connection.readLine();
    };
    try (PeerServer server = PeerServer.start(peer);
        LineClient client = new LineClient(
            server.endpoint(), LineOptions.builder().maxReadBytes(1 << 30).build())) {
      client.readLine();
      client.writeLine("hang up");
      ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long thread = Thread.currentThread().getId();
      long before = memory.getThreadAllocatedBytes(thread);

      ConnectionClosedException thrown =
          catchThrowableOfType(ConnectionClosedException.class, () -> client.read(1 << 30));

      assertThat(memory.getThreadAllocatedBytes(thread) - before).isLessThan(10_000_000);
      assertThat(thrown.received()).asString().isEqualTo("abc");
      assertBroken(client, thrown);
    }
  }

  @Test
  void saysNothingInATlsHandshake() throws Exception {
    Tls tls = Tls.builder().context(TestCertificate.forHosts().clientContext()).build();
    Dialer dialer = Dialer.builder().tls(tls).tlsTimeout(SHORT).build();
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        LineClient client = new LineClient(
            server.endpoint().withTls(true),
            LineOptions.builder().dialer(dialer).build())) {
      DeadlineExceededException thrown =
          catchThrowableOfType(DeadlineExceededException.class, client::readLine);

      assertThat(thrown.phase()).isEqualTo(Phase.TLS);
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void saysGarbageInATlsHandshake() throws Exception {
    Tls tls = Tls.builder().context(TestCertificate.forHosts().clientContext()).build();
    Dialer dialer = Dialer.builder().tls(tls).build();
    Peer peer = connection -> {
      connection.write("220 \u0007ready\r\n");
      connection.awaitClosedByPeer(LONG);
    };
    try (PeerServer server = PeerServer.start(peer);
        LineClient client = new LineClient(
            server.endpoint().withTls(true),
            LineOptions.builder().dialer(dialer).build())) {
      TlsException thrown = catchThrowableOfType(TlsException.class, client::readLine);

      assertThat(thrown.phase()).isEqualTo(Phase.TLS);
      assertThat(thrown.getMessage()).doesNotContain("\u0007");
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
    }
  }
}
