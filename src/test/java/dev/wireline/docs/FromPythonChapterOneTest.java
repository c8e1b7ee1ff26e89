package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineEnds;
import dev.wireline.line.LineOptions;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.net.Wire;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of docs/from-python/chapter-1.md. */
@Timeout(60)
class FromPythonChapterOneTest {
  @RegisterExtension
  final Printed printed = new Printed();

  // docs: py-echo
  static void echo(Endpoint server, List<String> arguments) throws IOException {
    try (var client = new LineClient(server)) {
      for (String line : arguments) {
        client.writeLine(line);
        System.out.println("received: " + client.readLine());
      }
    }
  }
  // end: py-echo

  @Test
  void sendsItsArguments() throws IOException {
    List<String> arguments = List.of("spam", "eggs and ham");

    // docs: py-echo-server
    try (var server = EchoServer.start("Echo=>")) {
      echo(server.endpoint(), arguments);
    }
    // end: py-echo-server

    assertThat(printed.lines())
        .containsExactly("received: Echo=>spam", "received: Echo=>eggs and ham");
  }

  @Test
  void sendsAllAndReceivesAsMuchAsItWants() throws IOException {
    byte[] message = "0123456789".getBytes(StandardCharsets.US_ASCII);
    byte[] buffer = new byte[1024];
    try (var server = EchoServer.start();
        var wire = Dialer.standard().dial(server.endpoint())) {
      // docs: py-sendall
      wire.output().write(message); // all of it, or an exception
      byte[] four = wire.input().read(4); // exactly four, or an exception
      int some = wire.input().read(buffer); // at least one, -1 at the end
      // end: py-sendall

      assertThat(four).asString().isEqualTo("0123");
      assertThat(some).isBetween(1, 6);
    }
  }

  @Test
  void readsTextInAnEncodingAndWithAnyLineEnds() throws IOException {
    byte[] text = "caf\u00e9\rcr\u00e8me\nth\u00e9\r\n".getBytes(StandardCharsets.ISO_8859_1);
    try (var server = PeerServer.start(connection -> connection.write(text))) {
      Endpoint endpoint = server.endpoint();

      // docs: py-makefile
      LineOptions options = LineOptions.builder()
          .charset(StandardCharsets.ISO_8859_1)
          .lineEnds(LineEnds.ANY)
          .build();
      try (var client = new LineClient(endpoint, options)) {
        for (Optional<String> line = client.readLineOrEnd();
            line.isPresent();
            line = client.readLineOrEnd()) {
          System.out.println(line.get());
        }
      }
      // end: py-makefile

      assertThat(printed.lines()).containsExactly("caf\u00e9", "cr\u00e8me", "th\u00e9");
    }
  }

  @Test
  void packsNumbers() throws IOException {
    try (var server = EchoServer.start();
        var wire = Dialer.standard().dial(server.endpoint())) {
      // docs: py-struct
      byte[] packed = ByteBuffer.allocate(6)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putShort((short) 7)
          .putInt(42)
          .array();
      wire.output().write(packed);

      byte[] bytes = wire.input().read(6);
      ByteBuffer back = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      System.out.println(back.getShort() + " " + back.getInt());
      // end: py-struct

      // docs: py-data
      new DataOutputStream(wire.output()).writeDouble(1.5);
      System.out.println(new DataInputStream(wire.input()).readDouble());
      // end: py-data

      assertThat(printed.lines()).containsExactly("7 42", "1.5");
    }
  }

  @Test
  void looksWithoutWaiting() throws IOException {
    try (var server = EchoServer.start();
        var client = new LineClient(server.endpoint())) {
      // docs: py-nonblocking
      Optional<String> line = client.pollLine(Duration.ZERO); // empty: nothing has come yet
      // end: py-nonblocking

      assertThat(line).isEmpty();
    }
  }

  @Test
  void givesUpInTime() throws IOException {
    try (var server = PeerServer.start(PeerConnection::hold)) {
      Endpoint endpoint = server.endpoint();
      Duration time = Duration.ofMillis(150);

      // docs: py-timeout
      Dialer dialer = Dialer.builder().connectTimeout(time).silenceTimeout(time).build();
      try (Wire wire = dialer.dial(endpoint)) {
        System.out.println(wire.input().read());
      } catch (DeadlineExceededException e) {
        System.out.println("timed out in " + e.phase() + ", by " + e.setting().orElse("you"));
      }
      // end: py-timeout

      assertThat(printed.lines()).containsExactly("timed out in READ, by silenceTimeout");
    }
  }

  @Test
  void wrapsItInTls() throws IOException {
    try (var server = EchoServer.builder().tls().start()) {
      String endpoint = server.endpoint().toString();
      Tls tls = Tls.builder().context(server.clientContext()).build();
      LineOptions options =
          LineOptions.builder().dialer(Dialer.builder().tls(tls).build()).build();

      // docs: py-tls
      try (var client =
          new LineClient(Endpoint.parse(endpoint), options)) { // such as "tls://mail.example:995"
        client.writeLine("NOOP");
        System.out.println(client.readLine());
      }
      // end: py-tls

      assertThat(printed.lines()).containsExactly("NOOP");
    }
  }
}
