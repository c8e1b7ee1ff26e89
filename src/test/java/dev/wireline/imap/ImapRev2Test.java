package dev.wireline.imap;

import static dev.wireline.imap.ImapScripts.play;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.line.Content;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What IMAP4rev2 has of its own (RFC 9051), and the extensions that an older server needs for it. */
@Timeout(60)
class ImapRev2Test {
  private static final String GREETING = "S: * PREAUTH [CAPABILITY IMAP4rev2] hello\n";

  @Test
  void speaksToAServerOfTheSecondRevision() throws Exception {
    String script = GREETING + """
        C: A1 ENABLE IMAP4rev2
        S: * ENABLED IMAP4REV2
        S: A1 OK
        C: A2 LIST "" "*" RETURN (SPECIAL-USE)
        S: * LIST (\\Sent \\NonExistent) "/" {9}
        S> "Entwürfe"
        S:\s
        S: A2 OK
        C: A3 SELECT {9+}
        C: Entwürfe
        S: * LIST () "/" "Entwürfe" ("OLDNAME" ("Entw&APw-rfe"))
        S: * FLAGS (\\Seen)
        S: * 2 EXISTS
        S: * OK [UIDVALIDITY 7] valid
        S: * OK [UIDNEXT 12] next
        S: * OK [CLOSED] the one before
        S: A3 OK [READ-ONLY] selected
        C: A4 UID SEARCH RETURN (ALL) UNSEEN
        S: * ESEARCH (TAG "A4") UID MIN 3 ALL 3:4,9 X-NEW (1 (2 3))
        S: A4 OK
        C: A5 UID SEARCH RETURN (ALL) SEEN
        S: * ESEARCH (TAG "A5") UID
        S: A5 OK
        """;
    play(script, mail -> {
      assertThat(mail.enable("IMAP4rev2")).isEqualTo(Set.of("IMAP4REV2"));
      Mailbox found = mail.list("*").get(0);
      assertThat(found.name()).isEqualTo("Entwürfe");
      assertThat(found.has("\\sent")).isTrue();
      assertThat(mail.select("Entwürfe"))
          .isEqualTo(new Selected(
              "Entwürfe",
              2,
              7,
              12,
              OptionalLong.empty(),
              Set.of("\\Seen"),
              Set.of("\\Seen"),
              true));
      assertThat(mail.search(Search.all().key("UNSEEN"))).hasToString("3:4,9");
      assertThat(mail.search(Search.all().key("SEEN")).isEmpty()).isTrue();
    });
  }

  @Test
  void asksAnOlderServerForWhatItOffers() throws Exception {
    String script = """
        S: * PREAUTH [CAPABILITY IMAP4rev1 ESEARCH LIST-EXTENDED SPECIAL-USE] hello
        C: A1 LIST "" "%" RETURN (SPECIAL-USE)
        S: * LIST (\\Drafts) NIL "D"
        S: A1 OK
        C: A2 UID SEARCH RETURN (ALL) UNSEEN
        S: * ESEARCH UID ALL 5
        S: A2 OK
        """;
    play(script, mail -> {
      assertThat(mail.list("%").get(0).has("\\Drafts")).isTrue();
      assertThat(mail.search(Search.all().key("UNSEEN"))).hasToString("5");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"LITERAL+", "LITERAL-", "IMAP4rev2"})
  void sendsAShortLiteralUnasked(String capability) throws Exception {
    String script = "S: * PREAUTH [CAPABILITY IMAP4rev1 " + capability + "] hello\n"
        + "C: A1 APPEND \"x\" () {4096+}\nC: " + "x".repeat(4096) + "\nS: A1 OK\n"
        + "C: A2 APPEND \"x\" () {4097}\nS: + go on\nC: " + "x".repeat(4097) + "\nS: A2 OK\n"
        + "C: A3 APPEND \"x\" () {4097}\nS: A3 NO [OVERQUOTA] full\nC: A4 NOOP\nS: A4 OK\n";
    play(script, mail -> {
      mail.append("x", Content.of("x".repeat(4096)));
      mail.append("x", Content.of("x".repeat(4097)));
      assertThat(catchThrowableOfType(
                  ImapException.class, () -> mail.append("x", Content.of("x".repeat(4097))))
              .responseCode())
          .contains("OVERQUOTA");
      mail.noop();
    });
  }
}
