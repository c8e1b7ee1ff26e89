package dev.wireline.ftp;

import dev.wireline.line.LineOptions;
import dev.wireline.net.Dialer;
import java.time.Duration;

/** What sessions begin with, and options for peers that do not answer. */
final class FtpScripts {
  private static final Duration QUARTER = Duration.ofMillis(250);

  /** A server without TLS that tells nothing of MLSD. */
  static final String GREETING = """
      S: 220 hello
      C: FEAT
      S: 211-Features
      S:  SIZE
      S: 211 End
      """;

  static final String USER = """
      C: USER joe
      S: 331 password
      C: PASS open sesame
      S: 230 welcome
      C: TYPE I
      S: 200 ok
      """;

  static final String LOGIN = GREETING + USER;

  /** Up to the go-ahead for TLS. */
  static final String BEFORE_TLS = """
      S: 220 hello
      C: FEAT
      S: 211-Features
      S:  AUTH TLS
      S: 211 End
      C: AUTH TLS
      S: 234 go on
      """;

  private FtpScripts() {}

  static FtpOptions hurried() {
    Dialer dialer = Dialer.builder().silenceTimeout(QUARTER).tlsTimeout(QUARTER).build();
    return FtpOptions.builder()
        .line(LineOptions.builder().dialer(dialer).transferTimeout(QUARTER).build())
        .build();
  }
}
