package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.wireline.net.ConnectionState;
import dev.wireline.testing.Caller;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** One thread a direction: both at once work, and two in the same one are refused. */
@Timeout(120)
@ExtendWith(NothingLeft.class)
class TurnsTest {
  private static final int LINES = 20_000;

  private static EchoServer echo(Way way) throws IOException {
    return switch (way) {
      case TCP -> EchoServer.start();
      case TLS -> EchoServer.builder().tls().start();
      case UNIX -> EchoServer.builder().unix().start();
    };
  }

  private static String line(int number) {
    return number + " " + "x".repeat(number % 97);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void readsInOneThreadWhileAnotherWrites(Way way) throws Exception {
    try (EchoServer server = echo(way);
        LineClient client =
            new LineClient(server.endpoint(), way.options(server::clientContext).build())) {
      Caller<Integer> writer = Caller.start(() -> {
        for (int number = 0; number < LINES; number++) {
          client.writeLine(line(number));
        }
        return LINES;
      });
      for (int number = 0; number < LINES; number++) {
        assertThat(client.readLine()).isEqualTo(line(number));
      }

      assertThat(writer.result()).isEqualTo(LINES);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void pollsInOneThreadWhileAnotherWrites(Way way) throws Exception {
    try (EchoServer server = echo(way);
        LineClient client =
            new LineClient(server.endpoint(), way.options(server::clientContext).build())) {
      Caller<Integer> reader = Caller.start(() -> {
        for (int number = 0; number < 1000; ) {
          Optional<String> line = client.pollLine(Duration.ofMillis(1));
          if (line.isPresent()) {
            assertThat(line).contains(line(number));
            number++;
          }
        }
        return 1000;
      });
      for (int number = 0; number < 1000; number++) {
        client.writeLine(line(number));
      }

      assertThat(reader.result()).isEqualTo(1000);
    }
  }

  /** A read or a write. */
  interface Use {
    Object call(LineClient client) throws IOException;
  }

  static final List<Arguments> READS = List.of(
      Arguments.of("readLine", (Use) LineClient::readLine),
      Arguments.of("readLineOrEnd", (Use) LineClient::readLineOrEnd),
      Arguments.of("readLineBytes", (Use) LineClient::readLineBytes),
      Arguments.of("pollLine", (Use) client -> client.pollLine(Duration.ZERO)),
      Arguments.of("read", (Use) client -> client.read(1)),
      Arguments.of("readToEnd", (Use) LineClient::readToEnd));

  @ParameterizedTest(name = "{0}")
  @FieldSource("READS")
  void refusesASecondReaderAndLosesNothing(String name, Use second) throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          connection.write("hal");
          connection.readLine();
          connection.write("f\r\ntwo\r\n");
          connection.readLine();
        });
        LineClient client = new LineClient(server.endpoint())) {
      client.connect();
      Caller<String> first = Caller.start(client::readLine);
      first.awaitSelecting();

      assertThatIllegalStateException()
          .isThrownBy(() -> second.call(client))
          .withMessage("another thread is reading on this connection: one thread a direction");
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
      client.writeLine("go on");

      assertThat(first.result()).isEqualTo("half");
      assertThat(client.readLine()).isEqualTo("two");
    }
  }

  static final List<Arguments> WRITES = List.of(
      Arguments.of("writeLine", (Use) client -> {
        client.writeLine("second");
        return "";
      }),
      Arguments.of("writeLine bytes", (Use) client -> {
        client.writeLine(new byte[] {'s'});
        return "";
      }),
      Arguments.of("writeLines", (Use) client -> {
        client.writeLines("second", "third");
        return "";
      }),
      Arguments.of("shutdownOutput", (Use) client -> {
        client.shutdownOutput();
        return "";
      }));

  @ParameterizedTest(name = "{0}")
  @FieldSource("WRITES")
  void refusesASecondWriterAndInterleavesNothing(String name, Use second) throws Exception {
    // More than a Unix-domain socket holds; TCP would take tens of megabytes for a peer that
    // sleeps.
    String large = "x".repeat(3_000_000);
    CountDownLatch read = new CountDownLatch(1);
    try (PeerServer server = Way.UNIX.start(connection -> {
          read.await();
          int count = connection.input().readAllBytes().length;
          connection.write(count + "\r\n");
        });
        LineClient client = Way.UNIX.client(server)) {
      Caller<String> first = Caller.start(() -> {
        client.writeLine(large);
        return "written";
      });
      first.awaitSelecting();

      assertThatIllegalStateException()
          .isThrownBy(() -> second.call(client))
          .withMessage("another thread is writing on this connection: one thread a direction");
      read.countDown();

      assertThat(first.result()).isEqualTo("written");
      client.writeLine("end");
      client.shutdownOutput();
      assertThat(client.readLine()).isEqualTo(String.valueOf(3_000_002 + 5));
    }
  }
}
