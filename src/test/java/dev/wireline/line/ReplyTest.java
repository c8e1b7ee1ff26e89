package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wireline.internal.MalformedException;
import dev.wireline.internal.TooLargeException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of replies: lines and the reply that they make. */
class ReplyTest {
  static final List<Arguments> STRICT = List.of(
      reply("one line", 250, List.of("ok"), "250 ok"),
      reply("a code alone", 250, List.of(""), "250"),
      reply("a code and a space", 250, List.of(""), "250 "),
      reply("text with blanks around", 220, List.of(" a  b "), "220  a  b "),
      reply("a hyphen in the text", 250, List.of("-x"), "250 -x"),
      reply("several lines", 250, List.of("a", "b", "c"), "250-a", "250-b", "250 c"),
      reply("empty lines", 250, List.of("", ""), "250-", "250"),
      reply("a code in the text", 250, List.of("250 a", "b"), "250-250 a", "250 b"),
      reply("the lowest code", 100, List.of("x"), "100 x"),
      reply("the highest code", 699, List.of("x"), "699 x"));

  static final List<Arguments> FREE = List.of(
      reply(
          "any text",
          211,
          List.of("a", "EPSV", " UTF8", "", "e"),
          "211-a",
          "EPSV",
          " UTF8",
          "",
          "211 e"),
      reply("the code in the middle too", 211, List.of("a", "b", "c"), "211-a", "211-b", "211 c"),
      reply("another code", 211, List.of("a", "212 b", "c"), "211-a", "212 b", "211 c"),
      reply(
          "another code with a hyphen", 211, List.of("a", "999-b", "c"), "211-a", "999-b", "211 c"),
      reply("a longer number", 211, List.of("a", "2110 b", "c"), "211-a", "2110 b", "211 c"),
      reply("an indented end", 211, List.of("a", " 211 b", "c"), "211-a", " 211 b", "211 c"),
      reply("one line", 211, List.of("a"), "211 a"));

  static final List<Arguments> MALFORMED = List.of(
      lines("an empty line", ""),
      lines("two digits", "25 ok"),
      lines("letters", "ok"),
      lines("four digits", "2500 ok"),
      lines("a tab behind the code", "250\tok"),
      lines("text behind the code", "250ok"),
      lines("a first digit of 0", "050 ok"),
      lines("a first digit of 7", "750 ok"),
      lines("a sign", "+25 ok"),
      lines("digits of another script", "２５０ ok"),
      lines("a blank before", " 250 ok"),
      lines("a code that changes", "250-a", "251 b"),
      lines("a code that changes in the middle", "250-a", "251-b"),
      lines("a no behind a yes", "250-a", "550 b"),
      lines("a middle without code", "250-a", "b"),
      lines("an empty middle", "250-a", ""),
      lines("a middle with a tab", "250-a", "250\tb"));

  private static Arguments reply(String name, int code, List<String> texts, String... lines) {
    return Arguments.of(name, new Reply(code, texts), List.of(lines));
  }

  private static Arguments lines(String name, String... lines) {
    return Arguments.of(name, List.of(lines));
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("STRICT")
  void readsARepliesLinesUpToItsLast(String name, Reply wanted, List<String> lines)
      throws Exception {
    assertThat(parse(new ReplyParser(false, 10, 1000), lines)).isEqualTo(wanted);
    assertThat(parse(new ReplyParser(true, 10, 1000), lines)).isEqualTo(wanted);
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("FREE")
  void takesAnyTextInTheMiddleWhenAsked(String name, Reply wanted, List<String> lines)
      throws Exception {
    assertThat(parse(new ReplyParser(true, 10, 1000), lines)).isEqualTo(wanted);
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("MALFORMED")
  void refusesWhatIsNoReply(String name, List<String> lines) {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> parse(new ReplyParser(false, 10, 1000), lines));
  }

  private static Reply parse(ReplyParser parser, List<String> lines) throws Exception {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      assertThat(parser.take(line, line.length())).isEqualTo(i == lines.size() - 1);
    }
    return parser.reply();
  }

  @Test
  void boundsTheLines() throws Exception {
    List<String> three = List.of("250-a", "250-b", "250 c");

    assertThat(parse(new ReplyParser(false, 3, 1000), three).lines()).hasSize(3);
    assertThatExceptionOfType(TooLargeException.class)
        .isThrownBy(() -> parse(new ReplyParser(false, 2, 1000), three))
        .matches(e -> e.limit().equals("maxReplyLines") && e.max() == 2);
  }

  @Test
  void boundsTheBytes() throws Exception {
    List<String> twelve = List.of("250-ab", "250 cd");

    assertThat(parse(new ReplyParser(false, 9, 12), twelve).lines()).hasSize(2);
    assertThatExceptionOfType(TooLargeException.class)
        .isThrownBy(() -> parse(new ReplyParser(false, 9, 11), twelve))
        .matches(e -> e.limit().equals("maxReplyBytes") && e.max() == 11);
  }

  @Test
  void matchesCodesAndClasses() {
    Reply reply = new Reply(251, List.of("forwards"));

    assertThat(reply.matches(251)).isTrue();
    assertThat(reply.matches(250, 251)).isTrue();
    assertThat(reply.matches(2)).isTrue();
    assertThat(reply.matches(3, 250)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 7, 25, 99, 700})
  void refusesToExpectWhatIsNoCode(int expected) {
    Reply reply = new Reply(250, List.of("ok"));

    assertThatIllegalArgumentException().isThrownBy(() -> reply.matches(250, expected));
    assertThatIllegalArgumentException().isThrownBy(reply::matches);
  }

  @Test
  void isWrittenAsItWasRead() {
    Reply reply = new Reply(250, List.of("a", "b"));

    assertThat(reply).hasToString("250-a\n250 b");
    assertThat(reply.text()).isEqualTo("a\nb");
    assertThat(new Reply(250, List.of(""))).hasToString("250");
  }

  @Test
  void refusesPartsThatMakeNoReply() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Reply(99, List.of("x")));
    assertThatIllegalArgumentException().isThrownBy(() -> new Reply(700, List.of("x")));
    assertThatIllegalArgumentException().isThrownBy(() -> new Reply(250, List.of()));
  }
}
