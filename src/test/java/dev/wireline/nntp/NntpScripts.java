package dev.wireline.nntp;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.LineOptions;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.testing.ScriptedServer;
import dev.wireline.testing.TestCertificate;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** How conversations with a news server begin, and who holds them. */
final class NntpScripts {
  static final String GREETING = """
      S: 200 news.test ready
      C: CAPABILITIES
      S: 101 what there is
      S: VERSION 2
      S: READER
      S: POST
      S: OVER MSGID
      S: HDR
      S: LIST ACTIVE NEWSGROUPS OVERVIEW.FMT
      S: AUTHINFO USER
      S: .
      """;

  static final String OLD_GREETING = """
      S: 201 news.test from long ago
      C: CAPABILITIES
      S: 500 what?
      C: MODE READER
      S: 200 hello, reader
      C: CAPABILITIES
      S: 500 what?
      """;

  static final String LOGIN_ALONE = """
      C: AUTHINFO USER joe
      S: 381 and?
      C: AUTHINFO PASS open sesame
      S: 281 welcome
      """;

  static final String LOGIN = GREETING + LOGIN_ALONE + """
      C: CAPABILITIES
      S: 101 what there is
      S: VERSION 2
      S: READER
      S: POST
      S: OVER MSGID
      S: HDR
      S: .
      """;

  static final String BEFORE_TLS = """
      S: 200 news.test ready
      C: CAPABILITIES
      S: 101 what there is
      S: VERSION 2
      S: READER
      S: STARTTLS
      S: .
      C: STARTTLS
      S: 382 go on
      """;

  private NntpScripts() {}

  /** What does something with a client. */
  interface Use {
    void of(NntpClient news) throws Exception;
  }

  static void play(String script, Use use) throws Exception {
    play(NntpOptions.standard(), script, use);
  }

  static void play(NntpOptions options, String script, Use use) throws Exception {
    try (var server = ScriptedServer.play(script);
        var news = new NntpClient(server.endpoint(), options)) {
      use.of(news);
      server.verify();
    }
  }

  /** Options that wait a quarter of a second for anything. */
  static NntpOptions hurried() {
    Duration quarter = Duration.ofMillis(250);
    Dialer dialer = Dialer.builder().silenceTimeout(quarter).tlsTimeout(quarter).build();
    return NntpOptions.builder()
        .line(LineOptions.builder().dialer(dialer).transferTimeout(quarter).build())
        .build();
  }

  /** A server that is not on this host, as far as the client can see. */
  static Endpoint elsewhere(ScriptedServer server) {
    return Endpoint.tcp("news.example", server.endpoint().port());
  }

  /** Options that reach it. */
  static NntpOptions.Builder reaching() {
    Dialer dialer = Dialer.builder()
        .resolver(host -> List.of(InetAddress.getLoopbackAddress()))
        .build();
    return NntpOptions.builder().line(LineOptions.builder().dialer(dialer).build());
  }

  static NntpOptions.Builder trusting(TestCertificate certificate) {
    Tls tls = Tls.builder().context(certificate.clientContext()).build();
    return NntpOptions.builder()
        .line(LineOptions.builder().dialer(Dialer.builder().tls(tls).build()).build());
  }
}
