package dev.wireline.http;

import dev.wireline.fetch.FetchFuzz;
import dev.wireline.ftp.ListingFuzz;
import dev.wireline.gopher.GopherFuzz;
import dev.wireline.http.cookie.CookieFuzz;
import dev.wireline.http.grammar.ChallengeFuzz;
import dev.wireline.http.grammar.DispositionFuzz;
import dev.wireline.http.grammar.LinkFuzz;
import dev.wireline.imap.ImapFuzz;
import dev.wireline.line.CapabilityFuzz;
import dev.wireline.line.DotFuzz;
import dev.wireline.line.LengthFuzz;
import dev.wireline.line.LineFuzz;
import dev.wireline.line.ReplyFuzz;
import dev.wireline.line.WordFuzz;
import dev.wireline.net.PemFuzz;
import dev.wireline.nntp.NntpFuzz;
import dev.wireline.pop3.Pop3Fuzz;
import dev.wireline.sasl.SaslFuzz;
import dev.wireline.smtp.SmtpFuzz;
import dev.wireline.telnet.TelnetFuzz;
import java.util.Locale;

/**
 * What is fuzzed. Each takes any bytes, and throws where something does not hold that has to hold for
 * all.
 */
enum FuzzTarget {
  RESPONSE,
  FIELD,
  URL,
  COOKIE,
  CHALLENGE,
  LINK,
  DISPOSITION,
  EVENT,
  GZIP,
  ENDPOINT,
  LINE,
  REPLY,
  WORD,
  LENGTH,
  DOT,
  PEM,
  CAPABILITY,
  SASL,
  GOPHER,
  TELNET,
  LISTING,
  FETCH,
  IMAP,
  SMTP,
  POP3,
  NNTP;

  void check(byte[] input) {
    switch (this) {
      case RESPONSE -> ResponseFuzz.check(input);
      case FIELD -> FieldFuzz.check(input);
      case URL -> UrlFuzz.check(input);
      case COOKIE -> CookieFuzz.check(input);
      case CHALLENGE -> ChallengeFuzz.check(input);
      case LINK -> LinkFuzz.check(input);
      case DISPOSITION -> DispositionFuzz.check(input);
      case EVENT -> EventFuzz.check(input);
      case GZIP -> GzipFuzz.check(input);
      case ENDPOINT -> EndpointFuzz.check(input);
      case LINE -> LineFuzz.check(input);
      case REPLY -> ReplyFuzz.check(input);
      case WORD -> WordFuzz.check(input);
      case LENGTH -> LengthFuzz.check(input);
      case DOT -> DotFuzz.check(input);
      case PEM -> PemFuzz.check(input);
      case CAPABILITY -> CapabilityFuzz.check(input);
      case SASL -> SaslFuzz.check(input);
      case GOPHER -> GopherFuzz.check(input);
      case TELNET -> TelnetFuzz.check(input);
      case LISTING -> ListingFuzz.check(input);
      case FETCH -> FetchFuzz.check(input);
      case IMAP -> ImapFuzz.check(input);
      case SMTP -> SmtpFuzz.check(input);
      case POP3 -> Pop3Fuzz.check(input);
      case NNTP -> NntpFuzz.check(input);
    }
  }

  /** Its name in files and on the command line. */
  String file() {
    return name().toLowerCase(Locale.ROOT);
  }

  static FuzzTarget ofFile(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
