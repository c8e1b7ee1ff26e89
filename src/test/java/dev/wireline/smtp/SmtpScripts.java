package dev.wireline.smtp;

import dev.wireline.line.LineOptions;
import dev.wireline.net.Dialer;
import dev.wireline.testing.ScriptedServer;
import java.time.Duration;

/** What sessions begin with, and options for peers that do not answer. */
final class SmtpScripts {
  private static final Duration QUARTER = Duration.ofMillis(250);

  /** A server that can do nothing but what each can. */
  static final String PLAIN = """
      S: 220 mail.test ESMTP
      C: EHLO [127.0.0.1]
      S: 250 mail.test
      """;

  /** Up to the wish for TLS. */
  static final String BEFORE_STARTTLS = """
      S: 220 mail.test ESMTP
      C: EHLO [127.0.0.1]
      S: 250-mail.test
      S: 250 STARTTLS
      C: STARTTLS
      """;

  /** Up to the go-ahead for it. */
  static final String BEFORE_TLS = BEFORE_STARTTLS + "S: 220 go on\n";

  private SmtpScripts() {}

  static String offering(String... extensions) {
    StringBuilder out = new StringBuilder("S: 220 mail.test ESMTP\nC: EHLO [127.0.0.1]\n");
    out.append("S: 250-mail.test\n");
    for (int i = 0; i < extensions.length; i++) {
      out.append(i == extensions.length - 1 ? "S: 250 " : "S: 250-").append(extensions[i]);
      out.append('\n');
    }
    return out.toString();
  }

  static SmtpOptions hurried() {
    Dialer dialer = Dialer.builder().silenceTimeout(QUARTER).tlsTimeout(QUARTER).build();
    return SmtpOptions.builder()
        .line(LineOptions.builder().dialer(dialer).transferTimeout(QUARTER).build())
        .build();
  }

  /** What a client does in a test. */
  interface Use {
    void of(SmtpClient mail) throws Exception;
  }

  static void play(String script, Use use) throws Exception {
    play(SmtpOptions.standard(), script, use);
  }

  static void play(SmtpOptions options, String script, Use use) throws Exception {
    try (var server = ScriptedServer.play(script);
        var mail = new SmtpClient(server.endpoint(), options)) {
      use.of(mail);
      server.verify();
    }
  }
}
