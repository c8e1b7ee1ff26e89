package dev.wireline.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.line.Content;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message on its way: envelopes, extensions, refusals, and how its bytes leave. */
@Timeout(60)
class SmtpSendTest {
  private static final String JOE = "joe@mail.test";
  private static final String ANN = "ann@mail.test";
  private static final String BOB = "bob@mail.test";
  private static final Content HELLO = Content.of("Subject: x\n\nhello\n");

  private static final String TAKEN = """
      C: RCPT TO:<ann@mail.test>
      S: 250 ok
      C: DATA
      S: 354 go on
      C: Subject: x
      C:
      C: hello
      C: .
      S: 250 taken
      """;

  private static Content stream(String text) {
    return Content.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void sendsWhenOneRecipientIsTaken() throws Exception {
    String script = SmtpScripts.offering("PIPELINING", "ENHANCEDSTATUSCODES") + """
        C: MAIL FROM:<joe@mail.test>
        C: RCPT TO:<bob@mail.test>
        C: RCPT TO:<ann@mail.test>
        S: 250 ok
        S: 550 5.1.1 no such user
        S: 250 ok
        C: DATA
        S: 354 go on
        C: Subject: x
        C:
        C: hello
        C: .
        S: 250 taken
        """;
    SmtpScripts.play(script, mail -> {
      Delivery delivery = mail.send(JOE, List.of(BOB, ANN), HELLO);

      assertThat(delivery.accepted()).containsExactly(ANN);
      assertThat(delivery.reply().code()).isEqualTo(250);
      SmtpException no = Objects.requireNonNull(delivery.refused().get(BOB));
      assertThat(no.command()).contains("RCPT TO:<bob@mail.test>");
      assertThat(no.enhancedCode()).contains("5.1.1");
      assertThatExceptionOfType(SmtpException.class)
          .isThrownBy(delivery::orThrow)
          .isSameAs(no);
    });
  }

  @Test
  void forgetsAnEnvelopeThatNobodyTook() throws Exception {
    String script = SmtpScripts.PLAIN + """
        C: MAIL FROM:<joe@mail.test>
        S: 250 ok
        C: RCPT TO:<bob@mail.test>
        S: 550 no
        C: RCPT TO:<ann@mail.test>
        S: 450 busy
        C: RSET
        S: 250 ok
        C: MAIL FROM:<joe@mail.test>
        S: 250 ok
        """ + TAKEN;
    SmtpScripts.play(script, mail -> {
      assertThatExceptionOfType(SmtpException.class)
          .isThrownBy(() -> mail.send(JOE, List.of(BOB, ANN), HELLO))
          .satisfies(no -> assertThat(no.code()).isEqualTo(550))
          .satisfies(no -> assertThat(no.getSuppressed()).hasSize(1));
      assertThat(mail.send(JOE, List.of(ANN), HELLO).refused()).isEmpty();
    });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void asksForNothingAfterASenderThatIsRefused(boolean pipelining) throws Exception {
    String rcpt =
        pipelining ? "C: RCPT TO:<ann@mail.test>\nS: 550 no\nS: 503 sender first\n" : "S: 550 no\n";
    String script = SmtpScripts.offering(pipelining ? "PIPELINING" : "HELP")
        + "C: MAIL FROM:<joe@mail.test>\n" + rcpt + "C: MAIL FROM:<>\nS: 250 ok\n"
        + TAKEN;
    SmtpScripts.play(script, mail -> {
      assertThatExceptionOfType(SmtpException.class)
          .isThrownBy(() -> mail.send(JOE, List.of(ANN), HELLO))
          .satisfies(no -> assertThat(no.command()).contains("MAIL FROM:<joe@mail.test>"));
      mail.send("", List.of(ANN), HELLO);
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C: MAIL FROM:<joe@mail.test>\nC: RCPT TO:<ann@mail.test>\nS: 421 gone\n",
        "C: MAIL FROM:<joe@mail.test>\nC: RCPT TO:<ann@mail.test>\nS: 250 ok\nS: 421 gone\n",
        "C: MAIL FROM:<joe@mail.test>\nC: RCPT TO:<ann@mail.test>\nS: 250 ok\nS: 250 ok\nC: DATA\nS: 421 gone\n",
        """
        C: MAIL FROM:<joe@mail.test>
        C: RCPT TO:<ann@mail.test>
        S: 250 ok
        S: 250 ok
        C: DATA
        S: 354 go on
        C: Subject: x
        C:
        C: hello
        C: .
        S: 421 gone
        """
      })
  void hears421Anywhere(String script) throws Exception {
    SmtpScripts.play(SmtpScripts.offering("PIPELINING") + script, mail -> {
      assertThatExceptionOfType(SmtpException.class)
          .isThrownBy(() -> mail.send(JOE, List.of(ANN), HELLO))
          .satisfies(no -> assertThat(no.code()).isEqualTo(421));
      assertThat(mail.state()).isEqualTo(ConnectionState.BROKEN);
    });
  }

  @Test
  void hearsANoInTheMiddleOfTheMessage() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> {
          peer.write("220 hello\r\n");
          peer.readLine();
          peer.write("250 mail.test\r\n");
          peer.readLine();
          peer.write("250 ok\r\n");
          peer.readLine();
          peer.write("250 ok\r\n");
          peer.readLine();
          peer.write("354 go on\r\n");
          peer.readLine();
          peer.write("552 too much\r\n");
          peer.shutdownOutput();
          peer.input().transferTo(OutputStream.nullOutputStream());
        });
        SmtpClient mail = new SmtpClient(server.endpoint(), SmtpOptions.standard())) {
      assertThatExceptionOfType(SmtpException.class)
          .isThrownBy(() -> mail.send(JOE, List.of(ANN), generated(4 << 20)))
          .satisfies(no -> assertThat(no.code()).isEqualTo(552));
    }
  }

  @Test
  void declaresWhatTheMessageNeeds() throws Exception {
    String all = SmtpScripts.offering("SIZE 1000", "8BITMIME", "SMTPUTF8", "DSN");
    String script = all + """
        C: MAIL FROM:<joe@mail.test> SIZE=12
        S: 250 ok
        C: RCPT TO:<ann@mail.test>
        S: 550 no
        C: RSET
        S: 250 ok
        C: MAIL FROM:<joe@mail.test> SIZE=6 BODY=8BITMIME
        S: 550 no
        C: MAIL FROM:<joe@mail.test> SIZE=4 BODY=8BITMIME SMTPUTF8
        S: 550 no
        C: MAIL FROM:<joe@mail.test> BODY=8BITMIME
        S: 550 no
        C: MAIL FROM:<joe@mail.test> SIZE=3 RET=HDRS ENVID=a+2Bb
        S: 250 ok
        C: RCPT TO:<ann@mail.test> NOTIFY=SUCCESS,DELAY
        S: 550 no
        C: RSET
        S: 250 ok
        C: MAIL FROM:<joe@mail.test> SIZE=3
        S: 250 ok
        C: RCPT TO:<ann@mail.test> NOTIFY=NEVER
        S: 550 no
        """;
    SmtpScripts.play(script, mail -> {
      Envelope plain = Envelope.of(JOE, List.of(ANN));
      refused(mail, plain, Content.of("A: b\n\nhi\n"));
      refused(mail, plain, Content.of("\n\u00E9\n"));
      refused(mail, plain, Content.of("\u00E9"));
      refused(mail, plain, stream("\nhi"));
      refused(
          mail,
          plain.withId("a+b", false).withNotices(DeliveryNotice.DELAY, DeliveryNotice.SUCCESS),
          Content.of("a"));
      refused(mail, plain.withNotices(), Content.of("a"));
    });
  }

  private static void refused(SmtpClient mail, Envelope envelope, Content content) {
    assertThatExceptionOfType(SmtpException.class).isThrownBy(() -> mail.send(envelope, content));
  }

  @Test
  void saysWhatTheServerDoesNotOffer() throws Exception {
    SmtpScripts.play(SmtpScripts.PLAIN + "C: NOOP\nS: 250 ok\n", mail -> {
      Envelope plain = Envelope.of(JOE, List.of(ANN));
      notOffered(mail, plain, Content.of("\n\u00E9"), "8BITMIME");
      notOffered(mail, Envelope.of(JOE, List.of("\u00E9@mail.test")), HELLO, "8BITMIME");
      notOffered(mail, plain.withNotices(), HELLO, "DSN");
      notOffered(mail, plain.withId("x", true), HELLO, "DSN");
      notOffered(mail, plain.withRequiredTls(), HELLO, "REQUIRETLS");
      mail.noop();
    });
    SmtpScripts.play(SmtpScripts.offering("8BITMIME") + "C: NOOP\nS: 250 ok\n", mail -> {
      notOffered(mail, Envelope.of("\u00E9@x", List.of(ANN)), HELLO, "SMTPUTF8");
      notOffered(mail, Envelope.of(JOE, List.of(ANN)).withUtf8(), HELLO, "SMTPUTF8");
      mail.noop();
    });
  }

  private static void notOffered(SmtpClient mail, Envelope envelope, Content content, String what) {
    assertThatExceptionOfType(SmtpExtensionException.class)
        .isThrownBy(() -> mail.send(envelope, content))
        .satisfies(no -> assertThat(no.extension()).isEqualTo(what))
        .satisfies(no -> assertThat(no.connectionUsable()).isTrue());
  }

  @Test
  void sendsAChunkOfKnownLength() throws Exception {
    String script = SmtpScripts.offering("CHUNKING") + """
        C: MAIL FROM:<joe@mail.test>
        S: 250 ok
        C: RCPT TO:<ann@mail.test>
        S: 250 ok
        C: BDAT 9 LAST
        C: .
        C: a
        C: b
        S: 250 taken
        """;
    SmtpScripts.play(script, mail -> mail.send(JOE, List.of(ANN), Content.of(".\na\rb")));
  }

  @Test
  void sendsChunksOfAStream() throws Exception {
    BlockingQueue<String> said = new LinkedBlockingQueue<>();
    try (PeerServer server = PeerServer.start(peer -> {
          peer.write("220 hello\r\n");
          peer.readLine();
          peer.write("250-mail.test\r\n250 CHUNKING\r\n");
          for (int i = 0; i < 2; i++) {
            peer.readLine();
            peer.write("250 ok\r\n");
          }
          takeChunks(peer, said);
        });
        SmtpClient mail = new SmtpClient(server.endpoint(), SmtpOptions.standard())) {
      String text = "0123456\n".repeat(10_000);
      mail.send(JOE, List.of(ANN), stream(text));

      assertThat(said).containsExactly("BDAT 65536", "BDAT 24464 LAST", "90000");
    }
  }

  private static void takeChunks(PeerConnection peer, BlockingQueue<String> said)
      throws IOException {
    long size = 0;
    String line;
    do {
      line = Objects.requireNonNull(peer.readLine());
      said.add(line);
      int count = Integer.parseInt(line.substring(5).replace(" LAST", ""));
      peer.input().skipNBytes(count);
      size += count;
      if (line.endsWith("LAST")) {
        said.add(Long.toString(size));
      }
      peer.write("250 ok\r\n");
    } while (!line.endsWith("LAST"));
  }

  @Test
  void forgetsAMessageWhoseChunkIsRefused() throws Exception {
    String script = SmtpScripts.offering("CHUNKING") + """
        C: MAIL FROM:<joe@mail.test>
        S: 250 ok
        C: RCPT TO:<ann@mail.test>
        S: 250 ok
        C: BDAT 7 LAST
        C: hello
        S: 552 full
        C: NOOP
        S: 250 ok
        """;
    SmtpScripts.play(script, mail -> {
      assertThatExceptionOfType(SmtpException.class)
          .isThrownBy(() -> mail.send(JOE, List.of(ANN), Content.of("hello")))
          .satisfies(no -> assertThat(no.command()).contains("BDAT 7 LAST"));
      mail.noop();
    });
  }

  @Test
  void stuffsDotsAndEndsLines() throws Exception {
    String script = SmtpScripts.PLAIN + """
        C: MAIL FROM:<joe@mail.test>
        S: 250 ok
        C: RCPT TO:<ann@mail.test>
        S: 250 ok
        C: DATA
        S: 354 go on
        C: ..
        C: a
        C: ...
        C:
        C: b
        C: .
        S: 250 taken
        """;
    SmtpScripts.play(script, mail -> mail.send(JOE, List.of(ANN), Content.of(".\ra\n..\r\n\nb")));
  }

  @Test
  void neverEndsAMessageThatFails() throws Exception {
    CompletableFuture<String> rest = new CompletableFuture<>();
    try (PeerServer server = PeerServer.start(peer -> {
          peer.write("220 hello\r\n");
          for (String code : List.of("250 a", "250 b", "250 c", "354 d")) {
            peer.readLine();
            peer.write(code + "\r\n");
          }
          try {
            rest.complete(peer.readLine());
          } catch (IOException e) {
            rest.complete("cut");
          }
        });
        SmtpClient mail = new SmtpClient(server.endpoint(), SmtpOptions.standard())) {
      InputStream failing = new FilterInputStream(InputStream.nullInputStream()) {
        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
          throw new IOException("gone");
        }
      };
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> mail.send(JOE, List.of(ANN), Content.of(failing)))
          .withMessage("gone");
      assertThat(mail.state()).isEqualTo(ConnectionState.BROKEN);
      assertThat(rest.get(30, TimeUnit.SECONDS)).isNotEqualTo(".");
    }
  }

  @Test
  void refusesLongLines() throws Exception {
    Content good = Content.of("x".repeat(998) + "\n");
    Content bad = Content.of("a\n" + "x".repeat(999));
    String script = SmtpScripts.PLAIN + "C: MAIL FROM:<joe@mail.test>\nS: 550 no\n"
        + "C: MAIL FROM:<joe@mail.test>\nS: 250 ok\nC: RCPT TO:<ann@mail.test>\nS: 250 ok\n"
        + "C: DATA\nS: 354 go on\n";
    SmtpScripts.play(script, mail -> {
      assertThatIllegalArgumentException().isThrownBy(() -> mail.send(JOE, List.of(ANN), bad));
      assertThat(mail.state()).isEqualTo(ConnectionState.NEW);
      refused(mail, Envelope.of(JOE, List.of(ANN)), good);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> mail.send(JOE, List.of(ANN), stream("x".repeat(999))))
          .withMessageContaining("maxTextLineBytes (998)");
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b@x",
        "<a@x>",
        "a@x>",
        "a@x\r\nQUIT",
        "a@x\u0000",
        "\"a@x",
        "\"a\\",
        "a\tb@x",
        "a@x> SIZE=1"
      })
  void refusesWhatIsNoAddress(String address) {
    assertThatIllegalArgumentException().isThrownBy(() -> Envelope.of(JOE, List.of(address)));
    assertThatIllegalArgumentException().isThrownBy(() -> Envelope.of(address, List.of(ANN)));
  }

  @Test
  void takesQuotedAddresses() throws Exception {
    String script = SmtpScripts.PLAIN + "C: MAIL FROM:<\"a > b\"@x>\nS: 550 no\n";
    SmtpScripts.play(
        script, mail -> refused(mail, Envelope.of("\"a > b\"@x", List.of("\"\\\"\"@x")), HELLO));
  }

  private static final SmtpOptions LMTP =
      SmtpOptions.builder().clientName("me.test").lmtp(true).build();

  private static final String ASKS_THREE = """
      S: 220 hello
      C: LHLO me.test
      S: 250-mail.test
      S: 250 PIPELINING
      C: MAIL FROM:<joe@mail.test>
      C: RCPT TO:<a@x>
      C: RCPT TO:<b@x>
      C: RCPT TO:<c@x>
      S: 250 ok
      """;

  private static final String SENDS = """
      C: DATA
      S: 354 go on
      C: hi
      C: .
      """;

  @Test
  void hearsOfEachRecipientInLmtp() throws Exception {
    String script =
        ASKS_THREE + "S: 250 ok\nS: 550 no\nS: 250 ok\n" + SENDS + """
        S: 452 full
        S: 250 taken
        C: MAIL FROM:<joe@mail.test>
        C: RCPT TO:<a@x>
        S: 250 ok
        S: 250 ok
        """ + SENDS + "S: 452 full\n";
    SmtpScripts.play(LMTP, script, mail -> {
      Delivery delivery = mail.send(JOE, List.of("a@x", "b@x", "c@x"), Content.of("hi"));

      assertThat(delivery.accepted()).containsExactly("c@x");
      assertThat(delivery.refused().keySet()).containsExactlyInAnyOrder("a@x", "b@x");
      refused(mail, Envelope.of(JOE, List.of("a@x")), Content.of("hi"));
    });
  }

  private static void afterThree(String answers, SmtpScripts.Use use) throws Exception {
    String script = ASKS_THREE + "S: 250 ok\nS: 250 ok\nS: 250 ok\n" + SENDS + answers;
    SmtpScripts.play(LMTP, script, use);
  }

  @Test
  void tellsWhoHasItWhenAnLmtpServerHangsUpBetweenItsAnswers() throws Exception {
    afterThree("S: 250 taken\nS: 550 no\n<close>\n", mail -> {
      List<String> three = List.of("a@x", "b@x", "c@x");
      PartialDeliveryException cut = catchThrowableOfType(
          PartialDeliveryException.class, () -> mail.send(JOE, three, Content.of("hi")));

      assertThat(cut.accepted()).containsExactly("a@x");
      assertThat(cut.refused()).containsOnlyKeys("b@x");
      assertThat(cut.unanswered()).containsExactly("c@x");
      assertThat(cut)
          .hasCauseInstanceOf(ConnectionClosedException.class)
          .hasMessageContaining("1 have the message, 1 do not, of 1 nobody knows")
          .hasMessageEndingWith("[READ, connection closed]");
      assertThat(mail.state()).isEqualTo(ConnectionState.BROKEN);
    });
  }

  @Test
  void tellsWhoHasItWhenAnLmtpServerGoesAwayWithItsLastAnswer() throws Exception {
    afterThree("S: 250 taken\nS: 250 taken\nS: 421 bye\n<close>\n", mail -> {
      List<String> three = List.of("a@x", "b@x", "c@x");
      PartialDeliveryException cut = catchThrowableOfType(
          PartialDeliveryException.class, () -> mail.send(JOE, three, Content.of("hi")));

      assertThat(cut.accepted()).containsExactly("a@x", "b@x");
      assertThat(cut.refused()).containsOnlyKeys("c@x");
      assertThat(cut.unanswered()).isEmpty();
    });
  }

  private static Content generated(long size) {
    byte[] lines = "0123456\n".repeat(1024).getBytes(StandardCharsets.US_ASCII);
    List<InputStream> pieces = new ArrayList<>();
    for (long made = 0; made < size; made += lines.length) {
      pieces.add(new ByteArrayInputStream(lines));
    }
    return Content.of(new SequenceInputStream(Collections.enumeration(pieces)));
  }

  @Test
  void sendsMoreThanFitsTheMemoryOfOneMessage() throws Exception {
    long size = 8 << 20;
    BlockingQueue<Long> got = new LinkedBlockingQueue<>();
    try (PeerServer server = PeerServer.start(peer -> {
          peer.write("220 hello\r\n");
          peer.readLine();
          for (String code : List.of("250 a", "250 b", "250 c", "354 d")) {
            peer.write(code + "\r\n");
            if (!code.startsWith("354")) {
              peer.readLine();
            }
          }
          long count = 0;
          String line = Objects.requireNonNull(peer.readLine());
          while (!line.equals(".")) {
            count += line.length() + 1;
            line = Objects.requireNonNull(peer.readLine());
          }
          got.add(count);
          peer.write("250 taken\r\n");
        });
        SmtpClient mail = new SmtpClient(server.endpoint(), SmtpOptions.standard())) {
      mail.send(JOE, List.of(ANN), generated(size));

      assertThat(got).containsExactly(size);
    }
  }
}
