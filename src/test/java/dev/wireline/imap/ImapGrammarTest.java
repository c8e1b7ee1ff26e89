package dev.wireline.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in commands and responses of IMAP, without a server. */
class ImapGrammarTest {
  static Tokens tokens(String text) throws IOException {
    return ScriptedTokens.of(text.getBytes(ISO_8859_1));
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
      INBOX,INBOX
      Entwürfe,Entw&APw-rfe
      A&B,A&-B
      台北,&U,BTFw-
      ~peter/mail/台北/日本語,~peter/mail/&U,BTFw-/&ZeVnLIqe-
      😀,&2D3eAA-
      """, delimiter = ';')
  void namesAreInModifiedUtf7(String line) {
    int comma = line.indexOf(',');
    String name = line.substring(0, comma);

    assertThat(MailboxName.encode(name)).isEqualTo(line.substring(comma + 1));
    assertThat(MailboxName.decode(line.substring(comma + 1))).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a&b", "&!!-", "&AA-", "&AAAA", "ü"})
  void takesANameThatIsNotInThatFormAsItIs(String name) {
    assertThat(MailboxName.decode(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "1:", "1,,2", "*", "4294967296", "99999999999", "1:x", "-1"})
  void takesNoSetThatMakesNoSense(String text) {
    assertThat(MessageSet.parse(true, text)).isNull();
  }

  @Test
  void setsAreRanges() {
    MessageSet set = MessageSet.uids(List.of(9L, 3L, 4L, 4L, 5L));

    assertThat(set).hasToString("3:5,9").isEqualTo(MessageSet.parse(true, "3:5,9"));
    assertThat(set).hasSameHashCodeAs(MessageSet.parse(true, "5:3,9"));
    assertThat(set.size()).isEqualTo(4);
    assertThat(set.stream()).containsExactly(3L, 4L, 5L, 9L);
    assertThat(MessageSet.uidsFrom(7)).hasToString("7:*");
    assertThat(MessageSet.all().size()).isEqualTo(Long.MAX_VALUE);
    assertThat(MessageSet.uidRange(2, 3)).isNotEqualTo(MessageSet.numberRange(2, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> MessageSet.uidRange(3, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> MessageSet.uids(MessageSet.MAX + 1));
  }

  @Test
  void readsAnEnvelope() throws IOException {
    ImapEnvelope envelope = Structures.envelope(tokens("(\"d\" {3}\r\na\"b"
        + " ((\"Ann\" NIL \"ann\" \"x.test\")(NIL NIL \"group\" NIL)(NIL NIL \"joe\" \"y.test\"))"
        + "NIL NIL NIL NIL NIL NIL \"<1@x>\" new)"));

    assertThat(envelope.subject()).isEqualTo("a\"b");
    assertThat(envelope.from())
        .extracting(ImapAddress::email)
        .containsExactly("ann@x.test", "joe@y.test");
    assertThat(envelope.messageId()).isEqualTo("<1@x>");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      ("TEXT" "PLAIN" NIL NIL NIL "7BIT" 5 1)                                  | 1 text/plain
      ("TEXT" "PLAIN" ("CHARSET" "x") NIL NIL "7BIT" 5 1 NIL NIL NIL NIL "new") | 1 text/plain
      ("AUDIO" "MP3" NIL NIL NIL NIL 5 "md5" ("inline" NIL) "en")              | 1 audio/mp3
      (("A" "B" NIL NIL NIL "8BIT" 5)("A" "C" NIL NIL NIL "8BIT" 5) "MIXED")   | multipart/mixed
      (("A" "B" NIL NIL NIL "8BIT" 5) "MIXED" ("BOUNDARY" "x") NIL NIL NIL)    | multipart/mixed
      """)
  void readsTheStructureOfABody(String text, String expected) throws IOException {
    Tokens tokens = tokens(text);
    BodyPart body = Structures.body(tokens);
    tokens.end();

    assertThat((body.section() + " " + body.type()).strip()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      "filename" "a.pdf"                                                  | a.pdf
      "filename" "a" "FILENAME*" "utf-8'en'%C3%84%20%22x%22"                  | Ä "x"
      "filename*" "iso-8859-1''%C4"                                        | Ä
      "filename*" "no-such-charset''%C3%84"                                | Ä
      "filename*" "utf-8''%C4"                                             | Ä
      "filename*" "50%"                                                    | 50%
      "filename*1*" "%84b" "filename*0*" "utf-8''a%C3" "filename*2" "%41"  | aÄb%41
      "filename*0" "it's" "filename*1" " 'x'" "filename*3" "left out"      | it's 'x'
      "filename*1" "no first one" "filename" "else"                       | else
      """)
  void readsTheNameOfAFile(String parameters, String expected) throws IOException {
    String part =
        "(\"A\" \"B\" NIL NIL NIL \"BASE64\" 5 NIL (\"ATTACHMENT\" (" + parameters + ")))";

    assertThat(Structures.body(tokens(part)).filename()).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {Tokens.MAX_DEPTH + 1, 100_000})
  void boundsTheDepth(int depth) throws IOException {
    String deep = "(".repeat(depth);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Structures.body(tokens(deep)))
        .withMessageContaining("depth");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> tokens(deep).skip())
        .withMessageContaining("depth");
  }

  @Test
  void boundsTheStrings() throws IOException {
    Tokens many = tokens("(" + "a ".repeat(Tokens.MAX_TOKENS + 1) + ")");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(many::strings)
        .withMessageContaining("tokens");
  }
}
