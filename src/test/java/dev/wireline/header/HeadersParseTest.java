package dev.wireline.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.internal.MalformedException;
import dev.wireline.internal.TooLargeException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HeadersParseTest {
  private static final int MAX = 100;

  /** A name for the case, the section, and the fields as name=value with | between. */
  static List<String[]> sections() {
    return List.of(
        new String[] {"nothing", "\r\n", ""},
        new String[] {"one", "A: b\r\n\r\n", "A=b"},
        new String[] {"two", "A: b\r\nC: d\r\n\r\n", "A=b|C=d"},
        new String[] {"no blank", "A:b\r\n\r\n", "A=b"},
        new String[] {"blanks", "A: \t b c\t \r\n\r\n", "A=b c"},
        new String[] {"empty", "A:\r\nB: \r\n\r\n", "A=|B="},
        new String[] {"colons", "A: b:c:\r\n\r\n", "A=b:c:"},
        new String[] {"all of tchar", "!#$%&'*+-.^_`|~09azAZ: b\r\n\r\n", "!#$%&'*+-.^_`|~09azAZ=b"
        },
        new String[] {"bare LF", "A: b\nC: d\n\n", "A=b|C=d"},
        new String[] {"LF and CRLF", "A: b\nC: d\r\n\n", "A=b|C=d"},
        new String[] {"fold", "A: b\r\n  c\r\nD: e\r\n\r\n", "A=b    c|D=e"},
        new String[] {"fold by tab", "A: b\t\r\n\tc\r\n\r\n", "A=b    c"},
        new String[] {"fold by LF", "A: b\n c\n\n", "A=b  c"},
        new String[] {"two folds", "A: b\r\n c\r\n d\r\n\r\n", "A=b   c   d"},
        new String[] {"fold at the start", "A:\r\n b\r\n\r\n", "A=b"},
        new String[] {"fold at the end", "A: b\r\n \r\n\r\n", "A=b"},
        new String[] {"fold of nothing", "A:\r\n \r\n\t\r\n\r\n", "A="},
        new String[] {"tab in a fold", "A: b\r\n c\td\r\n\r\n", "A=b   c\td"},
        new String[] {"ISO-8859-1", "A: na\u00efve\r\n\r\n", "A=na\u00efve"});
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sections")
  void readsASection(String name, String section, String fields) throws Exception {
    Headers headers = parse(section);

    assertThat(shown(headers)).isEqualTo(fields);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sections")
  void readsASectionInTheMiddleOfABlock(String name, String section, String fields)
      throws Exception {
    byte[] block = ("HTTP/1.1 200 OK\r\n" + section + " C: d\r\n\r\n").getBytes(ISO_8859_1);

    Headers headers = Headers.parse(block, 17, 17 + section.length(), MAX);

    assertThat(shown(headers)).isEqualTo(fields);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sections")
  void refusesASectionThatIsCutAnywhere(String name, String section, String fields) {
    for (int length = 0; length < section.length(); length++) {
      String cut = section.substring(0, length);

      assertThatThrownBy(() -> parse(cut)).isInstanceOf(MalformedException.class);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sections")
  void refusesBytesBehindTheEmptyLine(String name, String section, String fields) {
    for (String more : List.of("A", "\r\n", "\n", "A: b\r\n\r\n")) {
      assertThatThrownBy(() -> parse(section + more)).isInstanceOf(MalformedException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'A : b\r\n\r\n', 5.1, 'A '",
    "'A\t: b\r\n\r\n', 5.1, 'A\\t'",
    "'A b: c\r\n\r\n', 5.1, 'A '",
    "' A: b\r\n\r\n', 2.2, ' '",
    "'\tA: b\r\n\r\n', 2.2, '\\t'",
    "' \r\n\r\n', 2.2, ' '",
    "': b\r\n\r\n', 5), ':'",
    "'A\r\n\r\n', 5), 'A\\r'",
    "'A: b\r\nnonsense\r\n\r\n', 5), 'nonsense\\r'",
    "'A\u0000: b\r\n\r\n', 5), 'A\\x00'",
    "'A\u00e9: b\r\n\r\n', 5), 'A\\xe9'",
    "'(A): b\r\n\r\n', 5), '('",
    "'A: b\u0000c\r\n\r\n', 5.5, 'A: b\\x00'",
    "'A: b\u0001\r\n\r\n', 5.5, 'A: b\\x01'",
    "'A: b\u001b[1m\r\n\r\n', 5.5, 'A: b\\x1b'",
    "'A: b\u007f\r\n\r\n', 5.5, 'A: b\\x7f'",
    "'A: b\r\n c\u0000\r\n\r\n', 5.5, 'A: b   c\\x00'",
    "'A: b\rc\r\n\r\n', 2.2, 'A: b\\rc'",
    "'A: b\r\r\n\r\n', 2.2, 'A: b\\r\\r'",
    "'A: b\r\n\rC: d\r\n\r\n', 2.2, '\\rC'",
    "'Cookie : s3cret\r\n\r\n', 5.1, 'Cookie '",
  })
  void refusesWhatBreaksTheGrammar(String section, String rule, String excerpt) {
    MalformedException e = catchThrowableOfType(MalformedException.class, () -> parse(section));

    assertThat(e.rule()).contains(rule);
    assertThat(e.excerpt()).isEqualTo('"' + excerpt + '"');
  }

  @Test
  void quotesNothingOfASecret() {
    MalformedException e = catchThrowableOfType(
        MalformedException.class, () -> parse("A: b\r\nset-cookie: s3cr\u0000et\r\n\r\n"));

    assertThat(e.excerpt()).isEqualTo("\"set-cookie\" and a secret value");
  }

  @Test
  void quotesTheEndOfALongLine() {
    MalformedException e = catchThrowableOfType(
        MalformedException.class, () -> parse("A: " + "b".repeat(300) + "\u0000\r\n\r\n"));

    assertThat(e.excerpt()).isEqualTo('"' + "b".repeat(79) + "\\x00\"");
  }

  @Test
  void takesAsManyFieldsAsItIsToldAndNoMore() throws Exception {
    String section = "A: b\r\n".repeat(20) + "\r\n";

    assertThat(Headers.parse(section.getBytes(UTF_8), 0, section.length(), 20).size())
        .isEqualTo(20);
    TooLargeException e = catchThrowableOfType(
        TooLargeException.class,
        () -> Headers.parse(section.getBytes(UTF_8), 0, section.length(), 19));
    assertThat(e.limit()).isEqualTo("maxHeaders");
    assertThat(e.max()).isEqualTo(19);
  }

  @Test
  void readsAValueAsUtf8WhereItIsWellFormed() throws Exception {
    byte[] block = "A: \u017elu\u0165ou\u010dk\u00fd \ufffd\r\n\r\n".getBytes(UTF_8);

    Headers headers = Headers.parse(block, 0, block.length, MAX);

    assertThat(headers.first("A")).contains("\u017elu\u0165ou\u010dk\u00fd \ufffd");
  }

  @Test
  void showsNoControlCharacterInItsText() throws Exception {
    byte[] block = "A: b\u0085\u202ec\td\r\n\r\n".getBytes(UTF_8);

    Headers headers = Headers.parse(block, 0, block.length, MAX);

    assertThat(headers.toString()).isEqualTo("A: b\\u{0085}\\u{202e}c\\td");
  }

  @Test
  void unfoldsManyLinesInTimeThatGrowsWithTheirNumber() throws Exception {
    Headers headers = parse("A: b" + "\r\n ".repeat(200_000) + "c\r\n\r\n");

    assertThat(headers.first("A").orElse("")).startsWith("b ").endsWith(" c");
  }

  @Test
  void readsBackWhatItWrote() throws Exception {
    Random random = new Random(20_250_101);
    for (int round = 0; round < 500; round++) {
      Headers headers = randomHeaders(random);
      byte[] block = new byte[headers.encodedLength() + 2];
      int end = headers.encode(block, 0);
      block[end] = '\r';
      block[end + 1] = '\n';

      Headers again = Headers.parse(block, 0, block.length, MAX);

      assertThat(again).isEqualTo(headers).hasSameHashCodeAs(headers);
      assertThat(shown(again)).isEqualTo(shown(headers));
    }
  }

  private static Headers randomHeaders(Random random) {
    Headers headers = Headers.empty();
    for (int i = random.nextInt(30); i > 0; i--) {
      String name = random(random, 1 + random.nextInt(12), "!#$%&'*+-.^_`|~09azAZkK");
      headers = headers.with(name, random(random, random.nextInt(60), " \t!\",:;az~Z0 "));
    }
    return headers;
  }

  private static String random(Random random, int length, String from) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < length; i++) {
      out.append(from.charAt(random.nextInt(from.length())));
    }
    return out.toString();
  }

  private static Headers parse(String section) throws ParseException {
    return Headers.parse(section.getBytes(ISO_8859_1), 0, section.length(), MAX);
  }

  private static String shown(Headers headers) {
    List<String> fields = new ArrayList<>();
    headers.forEach((name, value) -> fields.add(name + "=" + value));
    return String.join("|", fields);
  }
}
