package dev.wireline.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.error.ClientClosedException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.PeerServer;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The JDK's streams over a client's input and output. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class StreamsTest {

  private static EchoServer echo(Way way, String prefix) throws IOException {
    EchoServer.Builder server = EchoServer.builder().prefix(prefix);
    return switch (way) {
      case TCP -> server.start();
      case TLS -> server.tls().start();
      case UNIX -> server.unix().start();
    };
  }

  private static LineClient client(Way way, EchoServer server) {
    return new LineClient(server.endpoint(), way.options(server::clientContext).build());
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void carryTheJdksDataFormat(Way way) throws Exception {
    try (EchoServer server = echo(way, "");
        LineClient client = client(way, server)) {
      DataOutputStream out = new DataOutputStream(client.output());
      DataInputStream in = new DataInputStream(client.input());

      out.writeInt(0x0D0A000A);
      out.writeUTF("kůň\r\n");
      out.writeDouble(Math.PI);
      out.write(new byte[20_000]);
      out.flush();

      assertThat(in.readInt()).isEqualTo(0x0D0A000A);
      assertThat(in.readUTF()).isEqualTo("kůň\r\n");
      assertThat(in.readDouble()).isEqualTo(Math.PI);
      byte[] zeros = new byte[20_000];
      in.readFully(zeros);
      assertThat(zeros).containsOnly(0);
    }
  }

  @Test
  void tellACutOfTheJdksDataFormat() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> connection.write("abc"));
        LineClient client = new LineClient(server.endpoint())) {
      DataInputStream in = new DataInputStream(client.input());

      assertThatExceptionOfType(EOFException.class).isThrownBy(in::readInt);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void serveTheOldEchoClient(Way way) throws Exception {
    List<String> heard = new ArrayList<>();
    try (EchoServer server = echo(way, "Echo=>");
        LineClient client = client(way, server)) {
      PrintWriter out = new PrintWriter(new OutputStreamWriter(client.output(), UTF_8), true);
      BufferedReader in = new BufferedReader(new InputStreamReader(client.input(), UTF_8));
      for (String line : List.of("hello", "", "wire")) {
        out.println(line);
        heard.add(in.readLine());
      }
    }

    assertThat(heard).containsExactly("Echo=>hello", "Echo=>", "Echo=>wire");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void areNotNeededByTheNewEchoClient(Way way) throws Exception {
    try (EchoServer server = echo(way, "Echo=>");
        LineClient client = client(way, server)) {
      client.writeLines("hello", "", "wire");

      assertThat(client.readLine()).isEqualTo("Echo=>hello");
      assertThat(client.readLine()).isEqualTo("Echo=>");
      assertThat(client.readLine()).isEqualTo("Echo=>wire");
    }
  }

  @Test
  void closeTheConnection() throws Exception {
    try (EchoServer server = EchoServer.start();
        LineClient client = new LineClient(server.endpoint())) {
      client.writeLine("one");
      client.output().close();

      assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
      assertThatExceptionOfType(ClientClosedException.class)
          .isThrownBy(client::readLine)
          .withMessage("reading a line from " + server.endpoint()
              + ": this client was closed [READ, connection closed]");
      assertThatExceptionOfType(ClientClosedException.class).isThrownBy(client::input);
      assertThatExceptionOfType(ClientClosedException.class).isThrownBy(client::output);
    }
  }
}
