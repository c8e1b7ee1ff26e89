package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.line.Incoming;
import dev.wireline.pop3.Pop3Client;
import dev.wireline.pop3.Pop3Exception;
import dev.wireline.sasl.Sasl;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/guide/pop3.md and docs/from-python/poplib.md. */
@Timeout(60)
class Pop3GuideTest {
  private static final String LOGIN = """
      S: +OK hello
      C: CAPA
      S: +OK
      S: UIDL
      S: .
      C: USER joe
      S: +OK
      C: PASS open sesame
      S: +OK
      """;

  @RegisterExtension
  final Printed printed = new Printed();

  @TempDir
  Path folder;

  private final String password = "open sesame";

  // docs: pop3-name
  /** An id of a server as the name of a file: it may hold a slash. */
  static String name(String uid) {
    return URLEncoder.encode(uid, StandardCharsets.UTF_8).replace(".", "%2E");
  }
  // end: pop3-name

  @Test
  void emptiesAMailbox() throws IOException {
    String script = LOGIN + """
        C: UIDL
        S: +OK
        S: 1 ../x
        S: .
        C: RETR 1
        S: +OK
        S: Subject: one
        S: .
        C: DELE 1
        S: +OK
        C: QUIT
        S: +OK
        """;
    try (var scripted = ScriptedServer.play(script)) {
      String server = scripted.endpoint().toString();

      // docs: pop3-start
      try (var mailbox = new Pop3Client(server)) {
        mailbox.login("joe", password);
        for (Map.Entry<Integer, String> mail : mailbox.uids().entrySet()) {
          Path file = folder.resolve(name(mail.getValue()) + ".eml");
          if (Files.notExists(file)) {
            mailbox.retrieve(mail.getKey()).saveTo(file);
          }
          mailbox.delete(mail.getKey());
        }
        mailbox.quit(); // now they are deleted, and not before
      }
      // end: pop3-start

      assertThat(folder.resolve("%2E%2E%2Fx.eml")).hasContent("Subject: one\r\n");
      scripted.verify();
    }
  }

  @Test
  void looksAtAMailbox() throws IOException {
    String script = LOGIN + """
        C: STAT
        S: +OK 1 120
        C: TOP 1 0
        S: +OK
        S: Subject: one
        S:
        S: .
        C: DELE 7
        S: -ERR no such mail
        """;
    try (var scripted = ScriptedServer.play(script);
        var mailbox = new Pop3Client(scripted.endpoint().toString())) {
      mailbox.login("joe", password);

      // docs: pop3-look
      System.out.println(mailbox.stat().count());
      try (Incoming top = mailbox.top(1, 0)) {
        top.lines().filter(line -> line.startsWith("Subject:")).forEach(System.out::println);
      }
      // end: pop3-look

      // docs: pop3-no
      try {
        mailbox.delete(7);
      } catch (Pop3Exception e) {
        System.out.println(e.command().orElse("") + ": " + e.reply());
        System.out.println(e.responseCode().orElse("no code") + ", " + e.isTransient());
      }
      // end: pop3-no

      assertThat(printed.lines())
          .containsExactly("1", "Subject: one", "DELE 7: -ERR no such mail", "no code, false");
    }
  }

  @Test
  void logsInByAToken() throws IOException {
    String script = LOGIN.substring(0, LOGIN.indexOf("C: USER")) + "C: AUTH XOAUTH2 {*}\nS: +OK\n";
    String token = "ya29";
    try (var scripted = ScriptedServer.play(script);
        var mailbox = new Pop3Client(scripted.endpoint().toString())) {

      // docs: pop3-token
      mailbox.login(Sasl.xoauth2("joe@example.org", token));
      // end: pop3-token

      scripted.verify();
    }
  }

  @Test
  void readsLikePoplib() throws IOException {
    String script = LOGIN + """
        C: LIST
        S: +OK
        S: 1 14
        S: .
        C: RETR 1
        S: +OK
        S: Subject: one
        S: .
        C: QUIT
        S: +OK
        """;
    try (var scripted = ScriptedServer.play(script)) {
      String server = scripted.endpoint().toString();

      // docs: py-pop-all
      try (var mailbox = new Pop3Client(server)) {
        mailbox.login("joe", password);
        for (int number : mailbox.sizes().keySet()) {
          mailbox.retrieve(number).readLines().forEach(System.out::println);
        }
        mailbox.quit();
      }
      // end: py-pop-all

      assertThat(printed.lines()).containsExactly("Subject: one");
      scripted.verify();
    }
  }
}
