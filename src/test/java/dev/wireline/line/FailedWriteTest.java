package dev.wireline.line;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.Phase;
import dev.wireline.error.TlsException;
import dev.wireline.error.WirelineException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.TestCertificate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a peer said before it took no more is read, whichever way the write went that failed. */
@Timeout(120)
@ExtendWith(NothingLeft.class)
class FailedWriteTest {
  private static final String WHY = "552 too big";
  private static final int SIZE = 4 << 20;

  /** What is being written when the peer has had enough. */
  enum Writing {
    LINES {
      @Override
      void write(Uploader client) throws IOException {
        for (int i = 0; i < 1000; i++) {
          client.writeLine("a line of many");
        }
      }
    },
    LINES_AT_ONCE {
      @Override
      void write(Uploader client) throws IOException {
        client.writeLines(List.of("a".repeat(SIZE / 2), "b".repeat(SIZE / 2)));
      }
    },
    COMMAND {
      @Override
      void write(Uploader client) throws IOException {
        for (int i = 0; i < 1000; i++) {
          Command.of("RCPT").atom("joe@mail.test").writeTo(client);
        }
      }
    },
    MESSAGE {
      @Override
      void write(Uploader client) throws IOException {
        Message.of().line("PUT").data(new byte[SIZE]).writeTo(client);
      }
    },
    TEXT {
      @Override
      void write(Uploader client) throws IOException {
        DotBlocks.of(client).write(Content.of(new byte[SIZE]));
      }
    },
    OUTPUT {
      @Override
      void write(Uploader client) throws IOException {
        client.output().write(new byte[SIZE]);
      }
    };

    abstract void write(Uploader client) throws IOException;
  }

  /** A protocol whose answers are lines. */
  private static final class Uploader extends LineClient {
    Uploader(Way way, PeerServer server) {
      super(server.endpoint(), way.options(server::clientContext).build());
    }

    String upload(Writing writing) throws IOException {
      return exchange(() -> {
        writing.write(this);
        return readLine();
      });
    }

    Reply uploadForReply(Writing writing) throws IOException {
      return exchange(() -> {
        writing.write(this);
        return Replies.of(this).read();
      });
    }
  }

  /** Says why and hangs up in the middle of what is sent. */
  private static PeerServer refusing(Way way, CountDownLatch gone) throws IOException {
    return way.start(peer -> {
      peer.readLine();
      peer.write(WHY + "\r\n");
      peer.close();
      gone.countDown();
    });
  }

  private static void begin(LineClient client, CountDownLatch gone) throws Exception {
    client.writeLine("DATA");
    assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void givesWhatCameAsTheAnswer(Writing writing) throws Exception {
    for (Way way : Way.values()) {
      CountDownLatch gone = new CountDownLatch(1);
      try (PeerServer server = refusing(way, gone);
          Uploader client = new Uploader(way, server)) {
        begin(client, gone);

        assertThat(client.upload(writing)).as(way.name()).isEqualTo(WHY);

        assertThat(
                catchThrowableOfType(WirelineException.class, () -> client.upload(Writing.LINES)))
            .as(way.name())
            .isInstanceOf(ConnectionClosedException.class);
        assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void givesWhatCameAsAReply(Way way) throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (PeerServer server = refusing(way, gone);
        Uploader client = new Uploader(way, server)) {
      begin(client, gone);

      assertThat(client.uploadForReply(Writing.TEXT).code()).isEqualTo(552);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void givesWhatCameAlsoInAGreeting(Way way) throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    List<String> heard = new ArrayList<>();
    try (PeerServer server = refusing(way, gone);
        LineClient client =
            new LineClient(server.endpoint(), way.options(server::clientContext).build()) {
              @Override
              protected void greet() throws IOException {
                writeLine("NICK joe");
                awaitGone(gone);
                for (int i = 0; i < 1000; i++) {
                  writeLine("USER joe");
                }
                heard.add(readLine());
              }
            }) {
      client.connect();

      assertThat(heard).containsExactly(WHY);
    }
  }

  private static void awaitGone(CountDownLatch gone) throws IOException {
    try {
      assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void givesWhatCameAfterAHalfCloseToo(Way way) throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (PeerServer server = refusing(way, gone);
        Uploader client = new Uploader(way, server)) {
      begin(client, gone);
      client.output().write(new byte[SIZE]);

      client.shutdownOutput();

      assertThat(client.readLine()).isEqualTo(WHY);
    }
  }

  /** Outside an exchange nobody says that an answer is read next: the write after that throws. */
  @ParameterizedTest
  @EnumSource(Way.class)
  void canBeReadAfterTheBrokenWriteWasTold(Way way) throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (PeerServer server = refusing(way, gone);
        Uploader client = new Uploader(way, server)) {
      begin(client, gone);

      WirelineException told =
          catchThrowableOfType(WirelineException.class, () -> Writing.LINES.write(client));

      assertThat(told).isInstanceOf(ConnectionClosedException.class);
      assertThat(told.phase()).isEqualTo(Phase.WRITE);
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      assertThat(client.readLine()).isEqualTo(WHY);
      ClientClosedException after =
          catchThrowableOfType(ClientClosedException.class, () -> client.writeLine("QUIT"));
      assertThat(after).hasCause(told);
      assertThat(catchThrowableOfType(WirelineException.class, () -> client.readLine()))
          .isNotNull();
      assertThat(catchThrowableOfType(ClientClosedException.class, () -> client.readLine()))
          .hasCause(told);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void givesWhatWasInMemoryAlready(Way way) throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (PeerServer server = way.start(peer -> {
          peer.readLine();
          peer.write("354 go on\r\n" + WHY + "\r\n");
          peer.close();
          gone.countDown();
        });
        Uploader client = new Uploader(way, server)) {
      begin(client, gone);
      assertThat(client.readLine()).isEqualTo("354 go on");

      assertThat(client.upload(Writing.TEXT)).isEqualTo(WHY);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void tellsTheBrokenWriteWhereNothingHadCome(Way way) throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (PeerServer server = way.start(peer -> {
          peer.readLine();
          peer.close();
          gone.countDown();
        });
        Uploader client = new Uploader(way, server)) {
      begin(client, gone);

      WirelineException told =
          catchThrowableOfType(WirelineException.class, () -> client.upload(Writing.MESSAGE));

      assertThat(told).isInstanceOf(ConnectionClosedException.class);
      assertThat(told.phase()).isEqualTo(Phase.WRITE);
      assertThat(catchThrowableOfType(ClientClosedException.class, () -> client.readLine()))
          .hasCause(told);
    }
  }

  /** A cut answer is none, and says what the write failed by. */
  @ParameterizedTest
  @EnumSource(Way.class)
  void neverTakesAHalfLineForAnAnswer(Way way) throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (PeerServer server = way.start(peer -> {
          peer.readLine();
          peer.write("552 to");
          peer.closeWithoutNotify();
          gone.countDown();
        });
        Uploader client = new Uploader(way, server)) {
      begin(client, gone);

      ConnectionClosedException cut = catchThrowableOfType(
          ConnectionClosedException.class, () -> client.upload(Writing.MESSAGE));

      assertThat(cut.received()).asString(US_ASCII).isEqualTo("552 to");
      assertThat(cut.phase()).isEqualTo(Phase.READ);
      assertThat(cut.getSuppressed()).hasSize(1);
    }
  }

  @Test
  void tellsTheAlertOfAServerThatRefusesTheClientsCertificate() throws Exception {
    TestCertificate certificate = TestCertificate.forHosts();
    for (int i = 0; i < 10; i++) {
      try (PeerServer server = PeerServer.builder()
              .tls()
              .needsClientCertificate(certificate)
              .start(peer -> peer.input().readAllBytes());
          Uploader client = new Uploader(Way.TLS, server)) {
        WirelineException told = catchThrowableOfType(WirelineException.class, () -> {
          while (true) {
            client.writeLine("a client that only writes");
          }
        });

        assertThat(told).isInstanceOf(TlsException.class);
      }
    }
  }

  /** A chat: one thread floods, the other one reads. */
  @ParameterizedTest
  @CsvSource({"TCP, 100", "TLS, 30", "UNIX, 70"})
  void neverLosesWhatAReaderWaitsFor(Way way, int runs) throws Exception {
    for (int i = 0; i < runs; i++) {
      try (PeerServer server = way.start(peer -> {
            for (int line = 0; line < 20; line++) {
              peer.readLine();
            }
            peer.write("NOTICE flood\r\nERROR :Closing Link\r\n");
            peer.close();
          });
          Uploader client = new Uploader(way, server)) {
        client.connect();
        Caller<List<String>> reader = Caller.start(() -> linesOf(client));

        assertThat(catchThrowableOfType(WirelineException.class, () -> {
              while (true) {
                client.writeLine("PRIVMSG #flood :one more line of many");
              }
            }))
            .isNotNull();

        assertThat(reader.result())
            .as("run %s", i)
            .containsExactly("NOTICE flood", "ERROR :Closing Link");
      }
    }
  }

  private static List<String> linesOf(LineClient client) {
    List<String> lines = new ArrayList<>();
    try {
      Optional<String> line = client.readLineOrEnd();
      while (line.isPresent()) {
        lines.add(line.get());
        line = client.readLineOrEnd();
      }
    } catch (IOException e) {
      // The end of the connection, in one way or another.
    }
    return lines;
  }
}
