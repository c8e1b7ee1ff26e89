package dev.wireline.imap;

import static dev.wireline.imap.ImapScripts.GREETING;
import static dev.wireline.imap.ImapScripts.hurried;
import static dev.wireline.imap.ImapScripts.play;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.line.Content;
import dev.wireline.line.Incoming;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.CutPoints;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ImapClientTest {
  private static final String LOGIN = GREETING + """
      C: A1 LOGIN "joe" "open sesame"
      S: A1 OK [CAPABILITY IMAP4rev1 IDLE LITERAL+ UIDPLUS MOVE CONDSTORE ENABLE] in
      """;

  private static final String BEFORE_TLS = """
      S: * OK hello
      C: A1 CAPABILITY
      S: * CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED
      S: A1 OK
      C: A2 STARTTLS
      S: A2 OK go on
      """;

  private static final String SESSION = LOGIN + """
      C: A2 NAMESPACE
      S: * NAMESPACE (("" "/")) NIL (("#shared/" "/" "X-P" ("a" "b")))
      S: A2 OK
      C: A3 LIST "" "*"
      S: * LIST (\\HasNoChildren) "/" INBOX
      S: * LIST (\\Sent \\HasNoChildren) "/" "Entw&APw-rfe"
      S: * LIST () NIL {3}
      S: a"b
      S: A3 OK
      C: A4 STATUS "INBOX" (MESSAGES UNSEEN UIDNEXT UIDVALIDITY HIGHESTMODSEQ)
      S: * STATUS "INBOX" (MESSAGES 3 UNSEEN 2 UIDNEXT 12 UIDVALIDITY 7 HIGHESTMODSEQ 99)
      S: A4 OK
      C: A5 SELECT "INBOX" (CONDSTORE)
      S: * FLAGS (\\Seen \\Deleted $Junk)
      S: * OK [PERMANENTFLAGS (\\Seen \\*)] limited
      S: * 3 EXISTS
      S: * 0 RECENT
      S: * OK [UIDVALIDITY 7] valid
      S: * OK [UIDNEXT 12] next
      S: * OK [HIGHESTMODSEQ 99] highest
      S: A5 OK [READ-WRITE] selected
      C: A6 UID SEARCH UNSEEN FROM "ann" SINCE 31-Jan-2026
      S: * SEARCH 3 4 5 9 (MODSEQ 99)
      S: A6 OK
      C: A7 UID FETCH 3:5,9 (UID FLAGS RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER.FIELDS (SUBJECT)])
      S: * 1 FETCH (UID 3 FLAGS (\\Seen) RFC822.SIZE 120 INTERNALDATE " 7-Jul-2026 02:44:25 -0700" BODY[HEADER.FIELDS (SUBJECT)] {15}
      S: Subject: one
      S:  MODSEQ (98))
      S: * 4 EXISTS
      S: * 2 FETCH (UID 4 FLAGS () RFC822.SIZE 0 BODY[HEADER.FIELDS (SUBJECT)] "" X-NEW ((1 2) NIL "a"))
      S: A7 OK
      C: A8 UID FETCH 3 (UID BODY.PEEK[1.2])
      S: * 1 FETCH (UID 3 BODY[1.2] {11}
      S> "hello\\r\\nyou)"
      S: )
      S: A8 OK
      C: A9 UID STORE 3:4 +FLAGS.SILENT (\\Seen $Junk)
      S: A9 OK
      C: A10 APPEND "INBOX" (\\Draft) {6+}
      C: mail
      C:
      S: * 5 EXISTS
      S: A10 OK [APPENDUID 7 12] done
      C: A11 UID COPY 3:4 "Sent"
      S: A11 OK [COPYUID 8 3:4 20:21] done
      C: A12 UID MOVE 9 "Sent"
      S: * OK [COPYUID 8 9 22] moved
      S: * 3 EXPUNGE
      S: A12 OK done
      C: A13 UID EXPUNGE 3
      S: * 1 EXPUNGE
      S: A13 OK
      C: A14 LOGOUT
      S: * BYE see you
      S: A14 OK
      """;

  private static void talk(Endpoint server) throws IOException {
    try (ImapClient mail = new ImapClient(server, ImapOptions.standard())) {
      List<ImapEvent> events = new ArrayList<>();
      mail.onEvent(events::add);
      mail.login("joe", "open sesame");
      assertThat(mail.namespaces().shared().get(0).prefix()).isEqualTo("#shared/");
      assertThat(mail.list("*"))
          .extracting(Mailbox::name)
          .containsExactly("INBOX", "Entwürfe", "a\"b");
      assertThat(mail.status("INBOX"))
          .isEqualTo(new MailboxStatus(3, 2, 12, 7, OptionalLong.of(99)));
      assertThat(mail.select("INBOX"))
          .isEqualTo(new Selected(
              "INBOX",
              3,
              7,
              12,
              OptionalLong.of(99),
              Set.of("\\Seen", "\\Deleted", "$Junk"),
              Set.of("\\Seen", "\\*"),
              false));
      MessageSet found = mail.search(
          Search.all().key("UNSEEN").text("FROM", "ann").date("SINCE", LocalDate.of(2026, 1, 31)));
      assertThat(found).hasToString("3:5,9");
      check(mail.fetch(
          found, "FLAGS", "RFC822.SIZE", "INTERNALDATE", "BODY.PEEK[HEADER.FIELDS (SUBJECT)]"));
      assertThat(mail.section(3, "1.2").text()).isEqualTo("hello\r\nyou)");
      assertThat(mail.store(MessageSet.uids(3, 4), FlagChange.add("\\Seen", "$Junk"))
              .isEmpty())
          .isTrue();
      assertThat(mail.append("INBOX", Content.of("mail\r\n"), "\\Draft"))
          .contains(new Copied(7, MessageSet.uids(), MessageSet.uids(12)));
      assertThat(mail.copy(MessageSet.uids(3, 4), "Sent"))
          .contains(new Copied(8, MessageSet.uids(3, 4), MessageSet.uids(20, 21)));
      assertThat(mail.move(MessageSet.uids(9), "Sent"))
          .contains(new Copied(8, MessageSet.uids(9), MessageSet.uids(22)));
      mail.expunge(MessageSet.uids(3));
      mail.quit();
      assertThat(events)
          .containsExactly(
              ImapEvent.of(ImapEvent.Kind.EXISTS, 4),
              ImapEvent.of(ImapEvent.Kind.EXISTS, 5),
              ImapEvent.of(ImapEvent.Kind.EXPUNGE, 3),
              ImapEvent.of(ImapEvent.Kind.EXPUNGE, 1));
      assertThat(mail.state()).isEqualTo(ConnectionState.CLOSED);
    }
  }

  private static void check(List<FetchedMail> fetched) {
    assertThat(fetched).hasSize(2);
    FetchedMail first = fetched.get(0);
    assertThat(first).hasToString("message 1, uid 3, flags [\\Seen], 120 bytes");
    assertThat(first.section("header.fields (subject)").map(String::new))
        .contains("Subject: one\r\n ");
    assertThat(first.internalDate().map(Object::toString)).contains("2026-07-07T02:44:25-07:00");
    assertThat(first.modSeq()).hasValue(98);
    assertThat(fetched.get(1).section("HEADER.FIELDS (SUBJECT)")).contains(new byte[0]);
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void speaks(Delivery delivery) throws IOException {
    try (var server = ScriptedServer.builder(SESSION).delivery(delivery).start()) {
      talk(server.endpoint());

      server.verify();
    }
  }

  @Test
  void noticesEachCut() throws IOException {
    String script = """
        S: * OK [CAPABILITY IMAP4rev1] hi
        C: A1 UID FETCH 3 (UID ENVELOPE)
        S: * 1 FETCH (UID 3 ENVELOPE (NIL {2}
        S: hiNIL NIL NIL NIL NIL NIL NIL NIL))
        S: A1 OK
        C: A2 UID FETCH 3 (UID BODY.PEEK[])
        S: * 1 FETCH (UID 3 BODY[] {4}
        S> ")\\r\\n)"
        S: )
        S: A2 OK [X y] z
        """;
    CutPoints.everyCutPoint(script, server -> {
      try (ImapClient mail = new ImapClient(server, ImapOptions.standard())) {
        assertThat(mail.fetch(MessageSet.uids(3), "ENVELOPE")).hasSize(1);
        assertThat(mail.section(3, "").bytes()).hasSize(4);
      }
    });
  }

  @Test
  void withstandsBadServers() throws IOException {
    HostilePeers.builder().after(LOGIN).startTls(BEFORE_TLS).run(endpoint -> {
      try (ImapClient mail = new ImapClient(endpoint, hurried())) {
        mail.login("joe", "open sesame");
        mail.status("INBOX");
      }
    });
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      NO [TRYCREATE] none       | TRYCREATE   | false
      NO [UNAVAILABLE] later    | UNAVAILABLE | true
      BAD what                  |             | false
      NO [X "a]b" (1)] quoted   | X           | false
      NO [half                  |             | false
      """)
  void tellsTheResponseCode(String reply, String code, boolean isTransient) throws Exception {
    play(GREETING + "C: A1 NOOP\nS: A1 " + reply + "\nC: A2 NOOP\nS: A2 OK\n", mail -> {
      ImapException no = catchThrowableOfType(ImapException.class, mail::noop);

      assertThat(no.responseCode().orElse(null)).isEqualTo(code);
      assertThat(no.isTransient()).isEqualTo(isTransient);
      assertThat(no.status()).isEqualTo(reply.substring(0, reply.indexOf(' ')));
      assertThat(no.command()).contains("NOOP");
      mail.noop();
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+ go on",
        "A9 OK",
        "A1 MAYBE",
        "A1",
        "*",
        "",
        "* 1 FETCH (UID 3",
        "* 1 FETCH (UID x)",
        "* 1 FETCH (FLAGS (\\Seen)))",
        "* 1 FETCH (BODY[] {-100})",
        "* 1 FETCH (BODY[] {-1}",
        "* 1 FETCH (BODY[] {99999999999999999999}",
        "* 1 FETCH (BODY[] {5} x)",
        "* 1 FETCH (BODY[] \"x)",
        "* 1 FETCH (INTERNALDATE \"yesterday\")",
        "* 99999999999999999999 EXISTS",
        "* 3 EXISTS 4"
      })
  void takesNoResponseThatMakesNoSense(String response) throws Exception {
    play(GREETING + "C: A1 NOOP\nS: " + response + "\nS:\n", mail -> {
      assertThatExceptionOfType(PeerProtocolException.class).isThrownBy(mail::noop);

      assertThat(mail.state()).isEqualTo(ConnectionState.BROKEN);
    });
  }

  @Test
  void asksBeforeItSendsALargeLiteralOrOneThatTheServerDoesNotExpect() throws Exception {
    String big = "x".repeat(5000);
    String script = GREETING + """
        C: A1 APPEND "a" () {5000}
        S: * 9 EXISTS
        S: + go on
        C: %s
        S: A1 OK
        C: A2 APPEND "a" () {5000}
        S: A2 NO [TOOBIG] no
        C: A3 CREATE {3+}
        C> "a\\nb"
        C:
        S: A3 OK
        """.formatted(big);
    play(script, mail -> {
      assertThat(mail.append("a", Content.of(big))).isEmpty();
      ImapException no =
          catchThrowableOfType(ImapException.class, () -> mail.append("a", Content.of(big)));
      assertThat(no.responseCode()).contains("TOOBIG");
      assertThat(no).hasMessageContaining("<5000 bytes>");
      mail.command(ImapCommand.of("CREATE").string("a\nb"));
    });
  }

  @Test
  void waitsForTheGoAheadWhereTheServerDoesNotKnowLiteralPlus() throws Exception {
    String script = """
        S: * OK [CAPABILITY IMAP4rev1] hello
        C: A1 UID SEARCH CHARSET UTF-8 SUBJECT {3}
        S: +
        C> "\\xe2\\x82\\xac"
        C:  UNSEEN
        S: * SEARCH
        S: A1 OK
        """;
    play(
        script,
        mail -> assertThat(
                mail.search(Search.all().text("SUBJECT", "€").key("UNSEEN")).isEmpty())
            .isTrue());
  }

  @Test
  void readsWhatWasFoundAsASet() throws Exception {
    String script = """
        S: * OK [CAPABILITY IMAP4rev1 ESEARCH] hello
        C: A1 UID SEARCH RETURN (ALL) ALL
        S: * ESEARCH (TAG "A1") UID ALL 5:9,12 MODSEQ 3
        S: A1 OK
        C: A2 UID SEARCH RETURN (ALL) ALL
        S: * ESEARCH (TAG "A2") UID
        S: A2 OK
        """;
    play(script, mail -> {
      assertThat(mail.search(Search.all())).hasToString("5:9,12");
      assertThat(mail.search(Search.all()).isEmpty()).isTrue();
    });
  }

  @Test
  void tellsThatTheServerHangsUp() throws Exception {
    play(GREETING + "C: A1 NOOP\nS: * BYE [UNAVAILABLE] down\n<close>\n", mail -> {
      ImapException bye = catchThrowableOfType(ImapException.class, mail::noop);

      assertThat(bye.status()).isEqualTo("BYE");
      assertThat(bye.isTransient()).isTrue();
      assertThat(mail.state()).isEqualTo(ConnectionState.BROKEN);
    });
  }

  @Test
  void hearsAGreetingThatRefuses() throws Exception {
    play("S: * BYE too many\n<close>\n", mail -> {
      assertThatExceptionOfType(ImapException.class).isThrownBy(mail::noop);

      assertThat(mail.state()).isEqualTo(ConnectionState.BROKEN);
    });
  }

  @Test
  void takesAnEndBehindTheGoodbye() throws Exception {
    play(GREETING + "C: A1 NOOP\nS: A1 OK\nC: A2 LOGOUT\nS: * BYE\n<close>\n", mail -> {
      mail.noop();
      mail.quit();

      assertThat(mail.state()).isEqualTo(ConnectionState.CLOSED);
    });
  }

  @Test
  void tellsThatAGoodbyeIsMissing() throws Exception {
    play(GREETING + "C: A1 NOOP\nS: A1 OK\nC: A2 LOGOUT\n<close>\n", mail -> {
      mail.noop();

      assertThatExceptionOfType(ConnectionClosedException.class).isThrownBy(mail::quit);
    });
  }

  @Test
  void readsSectionsHoweverTheyCome() throws Exception {
    String script = GREETING + """
        C: A1 UID FETCH 3 (UID BODY.PEEK[]<2.4>)
        S: * 2 FETCH (FLAGS (\\Seen))
        S: * 1 FETCH (BODY[]<2> "abcd" UID 3)
        S: A1 OK
        C: A2 UID FETCH 3 (UID BODY.PEEK[TEXT])
        S: * 1 FETCH (FLAGS () BODY[TEXT] ~{2}
        S> "\\x00\\xff"
        S:  UID 3)
        S: A2 OK
        C: A3 UID FETCH 4 (UID BODY.PEEK[])
        S: A3 OK
        C: A4 UID FETCH 4 (UID BODY.PEEK[7])
        S: * 1 FETCH (UID 4 BODY[7] NIL)
        S: A4 OK
        """;
    play(script, mail -> {
      assertThat(mail.section(3, "", 2, 4).text()).isEqualTo("abcd");
      assertThat(mail.section(3, "TEXT").bytes()).containsExactly(0, 0xFF);
      for (String section : List.of("", "7")) {
        assertThatExceptionOfType(NoSuchSectionException.class)
            .isThrownBy(() -> mail.section(4, section));
      }
      assertThat(mail.next(Duration.ZERO)).map(ImapEvent::number).contains(2L);
    });
  }

  @Test
  void takesNoSectionOfAnotherMessage() throws Exception {
    String script = GREETING
        + "C: A1 UID FETCH 3 (UID BODY.PEEK[])\n"
        + "S: * 1 FETCH (BODY[] {1}\nS> \"x\"\nS:  UID 4)\nS: A1 OK\n";
    play(script, mail -> {
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> mail.section(3, "").bytes());

      assertThat(mail.state()).isEqualTo(ConnectionState.BROKEN);
    });
  }

  @Test
  void saysNothingBesideASectionThatIsOpen() throws Exception {
    String script = GREETING
        + "C: A1 UID FETCH 3 (UID BODY.PEEK[])\n"
        + "S: * 1 FETCH (UID 3 BODY[] {3}\nS> \"abc\"\nS: )\nS: A1 OK\nC: A2 NOOP\nS: A2 OK\n";
    play(script, mail -> {
      try (Incoming section = mail.section(3, "")) {
        assertThatIllegalStateException().isThrownBy(mail::noop);
        assertThat(section.read()).isEqualTo('a');
      }
      mail.noop();
    });
  }

  @Test
  void boundsWhatIsHeldInMemory() throws Exception {
    ImapOptions options = ImapOptions.builder().maxResponseBytes(100).build();
    play(options, GREETING + "C: A1 NOOP\nS: * 1 FETCH (BODY[] {100}\n", mail -> {
      LimitExceededException e = catchThrowableOfType(LimitExceededException.class, mail::noop);

      assertThat(e.limit()).isEqualTo("maxResponseBytes");
    });
  }

  @Test
  void boundsWhatComesAsAStream() throws Exception {
    ImapOptions options = ImapOptions.builder().maxMailBytes(10).build();
    String script =
        GREETING + "C: A1 UID FETCH 3 (UID BODY.PEEK[])\nS: * 1 FETCH (UID 3 BODY[] {11}\n";
    play(
        options,
        script,
        mail -> assertThatExceptionOfType(LimitExceededException.class)
            .isThrownBy(() -> mail.section(3, "")));
  }

  @Test
  void boundsResponses() throws Exception {
    ImapOptions options = ImapOptions.builder().maxResponses(3).build();
    play(
        options,
        GREETING + "C: A1 NOOP\n" + "S: * 1 EXISTS\n".repeat(4),
        mail -> assertThatExceptionOfType(LimitExceededException.class)
            .isThrownBy(mail::noop)
            .satisfies(e -> assertThat(e.limit()).isEqualTo("maxResponses")));
  }

  @Test
  void hearsOfEachMessageOfALargeMailbox() throws Exception {
    int count = 20_000;
    StringBuilder script = new StringBuilder(GREETING).append("C: A1 FETCH 1:* (UID FLAGS)\n");
    IntStream.rangeClosed(1, count)
        .forEach(i -> script.append("S: * " + i + " FETCH (UID " + 2 * i + " FLAGS ())\n"));
    play(script + "S: A1 OK\n", mail -> {
      long[] sum = new long[1];
      mail.fetch(MessageSet.all(), each -> sum[0] += each.uid().orElseThrow(), "FLAGS");

      assertThat(sum[0]).isEqualTo((long) count * (count + 1));
    });
  }

  @Test
  void asksForManyMessagesInLinesThatAreNotTooLong() throws Exception {
    MessageSet odd =
        MessageSet.uids(IntStream.range(0, 301).mapToLong(i -> 2 * i + 1).toArray());
    String first = MessageSet.uids(odd.stream().limit(300).toArray()).toString();
    String script = GREETING + "C: A1 UID STORE " + first + " FLAGS.SILENT ()\n"
        + "S: A1 OK [MODIFIED 1,3] some\nC: A2 UID STORE 601 FLAGS.SILENT ()\nS: A2 OK\n";
    play(script, mail -> assertThat(mail.store(odd, FlagChange.set())).hasToString("1,3"));
  }

  @Test
  void holdsNoMoreThanTheRangesThatAServerNames() throws Exception {
    String script = GREETING + "C: A1 UID STORE 1:* FLAGS.SILENT ()\n"
        + "S: A1 OK [MODIFIED 7,9:4294967295,1:6,8] some\n";
    play(script, mail -> {
      MessageSet left = mail.store(MessageSet.uidsFrom(1), FlagChange.set());

      assertThat(left).hasToString("1:4294967295");
      assertThat(left.size()).isEqualTo(MessageSet.MAX);
    });
  }

  @Test
  void asksNothingAboutNoMessages() throws Exception {
    try (ImapClient mail = new ImapClient("mail.test")) {
      assertThat(mail.fetch(MessageSet.uids(), "FLAGS")).isEmpty();
      assertThat(mail.copy(MessageSet.uids(), "x")).isEqualTo(Optional.empty());
      mail.expunge(MessageSet.uids());
      assertThat(mail.store(MessageSet.uids(), FlagChange.add("x")).isEmpty()).isTrue();
      assertThat(mail.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void refusesAListenerThatUsesIt() throws Exception {
    play(GREETING + "C: A1 NOOP\nS: * 1 EXISTS\n", mail -> {
      mail.onEvent(event -> {
        try {
          mail.noop();
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      });

      assertThatIllegalStateException().isThrownBy(mail::noop);
      assertThat(mail.state()).isEqualTo(ConnectionState.BROKEN);
    });
  }

  @Test
  void saysNamesInUtf8WhereThatIsEnabled() throws Exception {
    String script = GREETING + """
        C: A1 CREATE "Entw&APw-rfe"
        S: A1 OK
        C: A2 ENABLE UTF8=ACCEPT
        S: * ENABLED UTF8=ACCEPT
        S: A2 OK
        C: A3 DELETE {9+}
        C: Entwürfe
        S: A3 OK
        C: A4 LIST "" "%"
        S: * LIST () "/" "Entwürfe & mehr"
        S: A4 OK
        """;
    play(script, mail -> {
      mail.create("Entwürfe");
      assertThat(mail.enable("UTF8=ACCEPT")).containsExactly("UTF8=ACCEPT");
      mail.delete("Entwürfe");
      assertThat(mail.list("%").get(0).name()).isEqualTo("Entwürfe & mehr");
    });
  }

  @Test
  void refusesWhatWouldBeAnotherCommand() throws IOException {
    MessageSet one = MessageSet.uids(1);
    try (ImapClient mail = new ImapClient("mail.test")) {
      assertThatIllegalArgumentException().isThrownBy(() -> mail.select("a\0"));
      assertThatIllegalArgumentException().isThrownBy(() -> mail.login("a", "b\0"));
      assertThatIllegalArgumentException().isThrownBy(() -> mail.fetch(one, "FLAGS)\r\nA9 NOOP"));
      assertThatIllegalArgumentException().isThrownBy(() -> mail.fetch(one, "BODY[{3}]"));
      assertThatIllegalArgumentException().isThrownBy(() -> mail.section(1, "1\r\n"));
      assertThatIllegalArgumentException().isThrownBy(() -> mail.section(0, ""));
      assertThatIllegalArgumentException().isThrownBy(() -> FlagChange.add("a b"));
      assertThatIllegalArgumentException().isThrownBy(() -> FlagChange.add("\\"));
      assertThatIllegalArgumentException().isThrownBy(() -> mail.enable("A\nB"));
      assertThatIllegalArgumentException().isThrownBy(() -> mail.enable());
      assertThatIllegalArgumentException().isThrownBy(() -> ImapCommand.of("NOOP\r\nA2 NOOP"));
      assertThatIllegalArgumentException().isThrownBy(() -> ImapCommand.of("X").atom("{3}"));
      assertThatIllegalArgumentException().isThrownBy(() -> Search.all().key("ALL\n"));
      assertThatIllegalArgumentException().isThrownBy(() -> mail.expunge(MessageSet.numbers(1)));
      assertThat(mail.state()).isEqualTo(ConnectionState.NEW);
    }
  }
}
