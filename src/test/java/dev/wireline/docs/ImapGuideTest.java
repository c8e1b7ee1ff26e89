package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.imap.BodyPart;
import dev.wireline.imap.FetchedMail;
import dev.wireline.imap.FlagChange;
import dev.wireline.imap.ImapClient;
import dev.wireline.imap.ImapEnvelope;
import dev.wireline.imap.ImapEvent;
import dev.wireline.imap.ImapException;
import dev.wireline.imap.MessageSet;
import dev.wireline.imap.Search;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/guide/imap.md and docs/from-python/imaplib.md. */
@Timeout(60)
class ImapGuideTest {
  private static final String LOGIN = """
      S: * OK [CAPABILITY IMAP4rev1] hello
      C: A1 LOGIN "joe" "open sesame"
      S: A1 OK [CAPABILITY IMAP4rev1 IDLE] in
      C: A2 SELECT "INBOX"
      S: * 2 EXISTS
      S: A2 OK [READ-WRITE]
      """;

  @RegisterExtension
  final Printed printed = new Printed();

  @TempDir
  Path folder;

  private final String password = "open sesame";

  @Test
  void listsWhatIsNew() throws IOException {
    String script = LOGIN + """
        C: A3 UID SEARCH UNSEEN
        S: * SEARCH 7
        S: A3 OK
        C: A4 UID FETCH 7 (UID ENVELOPE)
        S: * 2 FETCH (UID 7 ENVELOPE (NIL "news" NIL NIL NIL NIL NIL NIL NIL NIL))
        S: A4 OK
        C: A5 UID STORE 7 +FLAGS.SILENT (\\Seen)
        S: A5 OK
        C: A6 LOGOUT
        S: * BYE
        S: A6 OK
        """;
    try (var scripted = ScriptedServer.play(script)) {
      String server = scripted.endpoint().toString();
      // docs: imap-new
      try (var mail = new ImapClient(server)) {
        mail.login("joe", password);
        mail.select("INBOX");
        MessageSet unseen = mail.search(Search.all().key("UNSEEN"));
        mail.fetch(
            unseen,
            each ->
                System.out.println(each.envelope().map(ImapEnvelope::subject).orElse("")),
            "ENVELOPE");
        mail.store(unseen, FlagChange.add("\\Seen"));
        mail.quit();
      }
      // end: imap-new

      assertThat(printed.lines()).containsExactly("news");
      scripted.verify();
    }
  }

  @Test
  void savesAnAttachment() throws IOException {
    String script = LOGIN + """
        C: A3 UID FETCH 7 (UID BODYSTRUCTURE)
        S: * 2 FETCH (UID 7 BODYSTRUCTURE (("text" "plain" NIL NIL NIL "7bit" 2 1) ("application" "pdf" NIL NIL NIL "BASE64" 8 NIL ("ATTACHMENT" ("FILENAME" "../a.pdf"))) "mixed"))
        S: A3 OK
        C: A4 UID FETCH 7 (UID BODY.PEEK[2])
        S: * 2 FETCH (UID 7 BODY[2] {8}
        S> "aGVsbG8="
        S: )
        S: A4 OK
        """;
    try (var scripted = ScriptedServer.play(script);
        var client = new ImapClient(scripted.endpoint().toString())) {
      client.login("joe", password);
      client.select("INBOX");
      long uid = 7;
      // docs: imap-attachment
      FetchedMail mail = client.fetch(MessageSet.uids(uid), "BODYSTRUCTURE").get(0);
      for (BodyPart part : mail.structure().orElseThrow().all().toList()) {
        if (part.disposition().equals("attachment") && part.encoding().equals("base64")) {
          try (InputStream encoded = client.section(uid, part.section());
              InputStream file = Base64.getMimeDecoder().wrap(encoded)) {
            Files.copy(file, folder.resolve("attachment-" + part.section()));
          }
        }
      }
      // end: imap-attachment

      assertThat(folder.resolve("attachment-2")).hasContent("hello");
      scripted.verify();
    }
  }

  private static void watch(ImapClient mail) throws IOException {
    // docs: imap-watch
    mail.select("INBOX");
    while (true) {
      Optional<ImapEvent> event = mail.next(Duration.ofHours(1));
      if (event.isEmpty()) {
        break; // an hour without news, or another thread has called wakeup()
      }
      if (event.get().kind() == ImapEvent.Kind.EXISTS) {
        System.out.println(event.get().number() + " messages now");
      }
    }
    // end: imap-watch
  }

  @Test
  void watches() throws IOException {
    String script = LOGIN + """
        C: A3 IDLE
        S: + idling
        S: * 3 EXISTS
        C: DONE
        S: A3 OK
        C: A4 IDLE
        S: + idling
        S: * BYE for tonight
        """;
    try (var scripted = ScriptedServer.play(script);
        var mail = new ImapClient(scripted.endpoint().toString())) {
      mail.login("joe", password);

      assertThatExceptionOfType(ImapException.class).isThrownBy(() -> watch(mail));

      assertThat(printed.lines()).containsExactly("3 messages now");
      scripted.verify();
    }
  }

  @Test
  void printsAllMails() throws IOException {
    String script = LOGIN + """
        C: A3 UID SEARCH ALL
        S: * SEARCH 7
        S: A3 OK
        C: A4 UID FETCH 7 (UID BODY.PEEK[])
        S: * 2 FETCH (UID 7 BODY[] {5}
        S> "hello"
        S: )
        S: A4 OK
        C: A5 LOGOUT
        S: * BYE
        S: A5 OK
        """;
    try (var scripted = ScriptedServer.play(script)) {
      String server = scripted.endpoint().toString();
      // docs: imaplib-all
      try (var mail = new ImapClient(server)) {
        mail.login("joe", password);
        mail.select("INBOX");
        for (long uid : mail.search(Search.all()).stream().toArray()) {
          System.out.println(mail.section(uid, "").text());
        }
        mail.quit();
      }
      // end: imaplib-all

      assertThat(printed.lines()).containsExactly("hello");
      scripted.verify();
    }
  }
}
