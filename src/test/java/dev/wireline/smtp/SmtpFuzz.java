package dev.wireline.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wireline.http.Holds;
import dev.wireline.line.Capabilities;
import dev.wireline.sasl.Sasl;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/** The answer to EHLO, the codes in front of texts, and the lines of a message. */
public final class SmtpFuzz {
  private static final int MAX_LINE = 40;

  private SmtpFuzz() {}

  public static void check(byte[] input) {
    List<String> lines = List.of(new String(input, ISO_8859_1).split("\n", -1));
    hello(lines);
    lines.forEach(SmtpFuzz::code);
    message(input);
  }

  private static void hello(List<String> lines) {
    Capabilities capabilities = SmtpClient.offered(lines);
    Holds.that(capabilities.names().size() < lines.size(), "an extension a line, without the name");
    Sasl.best(capabilities.parameters("AUTH"), "joe", "secret", false)
        .ifPresent(best -> Holds.that(capabilities.has("AUTH", best.name()), "it was offered"));
  }

  private static void code(String line) {
    for (int code = 200; code < 600; code += 150) {
      String digit = Integer.toString(code).substring(0, 1);
      EnhancedCode.of(code, line).ifPresent(found -> {
        Holds.that(line.startsWith(found), "the code stands in front");
        Holds.that(found.startsWith(digit + '.') && found.length() <= 9, "a code of its class");
        Holds.onOneLine(found);
      });
    }
  }

  /** Every line that leaves ends in CRLF, where it ended before, and nothing else has changed. */
  private static void message(byte[] input) {
    try (MessageLines lines = new MessageLines(new ByteArrayInputStream(input), MAX_LINE, true)) {
      String sent = new String(lines.readAllBytes(), ISO_8859_1);
      String text = new String(input, ISO_8859_1).replace("\r\n", "\n").replace('\r', '\n');
      boolean ends = text.isEmpty() || text.endsWith("\n");
      Holds.same(sent, (ends ? text : text + '\n').replace("\n", "\r\n"), "the message");
      Holds.that(sent.lines().allMatch(line -> line.length() <= MAX_LINE), "no line is longer");
      Holds.same(
          sent.chars().anyMatch(c -> c > 0x7F), lines.hasEightBit(), "bytes above 127 are seen");
    } catch (IOException e) {
      Holds.that(e instanceof MessageLines.LongLineException, "only a long line is refused");
    }
  }
}
