package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.net.DatagramClient;
import dev.wireline.net.DatagramOptions;
import dev.wireline.net.Dialer;
import dev.wireline.net.Wire;
import dev.wireline.testing.DatagramServer;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of docs/from-python/chapter-2.md. */
@Timeout(60)
class FromPythonChapterTwoTest {
  @RegisterExtension
  final Printed printed = new Printed();

  @Test
  void turnsNamesAndNumbersWithTheJdk() throws IOException {
    // docs: py-names
    InetAddress[] all = InetAddress.getAllByName("localhost"); // gethostbyname_ex
    byte[] packed = InetAddress.getByName("192.0.2.1").getAddress(); // inet_aton
    String dotted = InetAddress.getByAddress(packed).getHostAddress(); // inet_ntoa
    byte[] network = ByteBuffer.allocate(4).putInt(1).array(); // htonl, and pack
    int host = ByteBuffer.wrap(network).order(ByteOrder.BIG_ENDIAN).getInt(); // ntohl
    short swapped = Short.reverseBytes((short) 0x0102); // htons on a little-endian machine
    // end: py-names

    assertThat(all).isNotEmpty();
    assertThat(dotted).isEqualTo("192.0.2.1");
    assertThat(Arrays.toString(network)).isEqualTo("[0, 0, 0, 1]");
    assertThat(host).isEqualTo(1);
    assertThat(swapped).isEqualTo((short) 0x0201);
    assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.parse("127.1:80"));
  }

  @Test
  void tellsWhoIsConnectedAndSetsOptions() throws IOException {
    try (var server = EchoServer.start()) {
      Endpoint endpoint = server.endpoint();

      // docs: py-socket
      Dialer dialer =
          Dialer.builder().option(StandardSocketOptions.SO_KEEPALIVE, true).build();
      try (Wire wire = dialer.dial(endpoint)) {
        System.out.println(wire.remoteAddress().orElseThrow()); // getpeername
        System.out.println(wire.localAddress().orElseThrow()); // getsockname
      }
      // end: py-socket

      assertThat(printed.lines()).hasSize(2).contains("/" + endpoint.authority());
    }
  }

  @Test
  void echoesOverTcp() throws IOException {
    // docs: py-tcp-server
    Peer echo = connection -> {
      for (String line = connection.readLine(); line != null; line = connection.readLine()) {
        connection.write(line + "\r\n");
      }
    };
    try (var server = PeerServer.start(echo);
        var client = new LineClient(server.endpoint())) {
      client.writeLine("hello");
      System.out.println(client.readLine());
    }
    // end: py-tcp-server

    assertThat(printed.lines()).containsExactly("hello");
  }

  @Test
  void givesEachNewClientTheSameTimes() throws IOException {
    try (var server = EchoServer.start()) {
      Endpoint endpoint = server.endpoint();

      // docs: py-timeoutsocket
      Dialer patient = Dialer.builder().silenceTimeout(Duration.ofMinutes(2)).build();
      LineOptions options = LineOptions.builder().dialer(patient).build();

      try (var one = new LineClient(endpoint, options);
          var other = new LineClient(endpoint, options)) {
        one.writeLine("hello");
        other.writeLine(one.readLine());
        System.out.println(other.readLine());
      }
      // end: py-timeoutsocket

      assertThat(printed.lines()).containsExactly("hello");
    }
  }

  @Test
  void echoesOverUdpThoughOneDatagramIsLost() throws IOException {
    byte[] message = "hello".getBytes(StandardCharsets.UTF_8);

    // docs: py-udp
    DatagramOptions options =
        DatagramOptions.builder().firstWait(Duration.ofMillis(200)).build();
    try (var server = DatagramServer.builder().dropFirst(1).start();
        var client = new DatagramClient(server.endpoint(), options)) {
      byte[] echo = client.ask(message);
      System.out.println(new String(echo, StandardCharsets.UTF_8));
    }
    // end: py-udp

    assertThat(printed.lines()).containsExactly("hello");
  }
}
