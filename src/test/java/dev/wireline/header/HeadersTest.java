package dev.wireline.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadersTest {
  private static final Headers MANY =
      Headers.of("Accept", "text/html", "X-Id", "7", "ACCEPT", "*/*", "x-id", "");

  @Test
  void findsAFieldInAnyCaseOfItsName() {
    assertThat(MANY.first("accept")).contains("text/html");
    assertThat(MANY.first("X-ID")).contains("7");
    assertThat(MANY.first("X-I")).isEmpty();
    assertThat(MANY.contains("aCCEPT")).isTrue();
    assertThat(MANY.contains("Accepts")).isFalse();
  }

  @Test
  void givesAllValuesOfANameInOrder() {
    assertThat(MANY.all("Accept")).containsExactly("text/html", "*/*");
    assertThat(MANY.all("X-Id")).containsExactly("7", "");
    assertThat(MANY.all("Host")).isEmpty();
  }

  @Test
  void givesListsThatNobodyCanChange() {
    assertThatThrownBy(() -> MANY.all("Accept").set(0, "x"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> MANY.names().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void countsLinesAndNamesEachNameOnceAsFirstSpelt() {
    assertThat(MANY.size()).isEqualTo(4);
    assertThat(MANY.names()).containsExactly("Accept", "X-Id");
  }

  @Test
  void showsEveryFieldInOrder() {
    List<String> seen = new ArrayList<>();

    MANY.forEach((name, value) -> seen.add(name + "=" + value));

    assertThat(seen).containsExactly("Accept=text/html", "X-Id=7", "ACCEPT=*/*", "x-id=");
  }

  @Test
  void appendsAFieldAndLeavesTheOldHeadersAlone() {
    Headers more = MANY.with("Host", "example.org");

    assertThat(more.size()).isEqualTo(5);
    assertThat(more.first("host")).contains("example.org");
    assertThat(MANY.contains("Host")).isFalse();
  }

  @Test
  void replacesAllOfANameInPlaceOfTheFirst() {
    Headers other = MANY.replacing("accept", "text/plain");

    assertThat(other.toString()).isEqualTo("accept: text/plain\nX-Id: 7\nx-id: ");
  }

  @Test
  void appendsWhatItCannotReplace() {
    assertThat(MANY.replacing("Host", "a")).isEqualTo(MANY.with("Host", "a"));
  }

  @Test
  void dropsAllFieldsOfAName() {
    assertThat(MANY.without("X-ID")).isEqualTo(Headers.of("Accept", "text/html", "Accept", "*/*"));
    assertThat(MANY.without("nothing")).isSameAs(MANY);
    assertThat(Headers.of("A", "b").without("a")).isEqualTo(Headers.empty());
  }

  @Test
  void refusesANameWithoutAValue() {
    assertThatThrownBy(() -> Headers.of("A", "b", "C"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "close                    | close | true",
        "Close                    | close | true",
        "keep-alive, close        | close | true",
        "close,keep-alive         | close | true",
        ",, close ,               | close | true",
        "not-close                | close | false",
        "closed                   | close | false",
        "close;a=b                | close | false",
        "close keep-alive         | close | false",
        "~~                       | close | false",
        "a=\"x, close\", b        | close | false",
        "a=\"x\\\", close, y\", b | close | false",
        "a=\"x, close             | close | true",
        "a=\"x, close, b          | close | true",
      })
  void findsATokenInACommaList(String value, String token, boolean there) {
    Headers headers = Headers.of("Connection", "upgrade", "Connection", value);

    assertThat(headers.hasToken("connection", token)).isEqualTo(there);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "13, 13",
    "0013, 13",
    "9223372036854775807, 9223372036854775807",
    "9223372036854775808, -1",
    "99999999999999999999, -1",
    "'', -1",
    "+1, -1",
    "-1, -1",
    "1 2, -1",
    "'1,1', -1",
    "0x1, -1",
  })
  void readsANumberOfDigitsAlone(String value, long number) {
    assertThat(Headers.of("A", "1", "Length", value).decimal("length")).isEqualTo(number);
  }

  @Test
  void readsNoNumberFromNoFieldOrFromTwo() {
    Headers headers = Headers.of("Length", "1", "length", "1");

    assertThat(headers.decimal("Length")).isEqualTo(-1);
    assertThat(headers.decimal("Age")).isEqualTo(-1);
  }

  @Test
  void readsAListOfUnclosedQuotesInTimeThatGrowsWithItsLength() {
    Headers headers = Headers.of("Connection", "\"\\".repeat(200_000) + ",close");

    assertThat(headers.hasToken("Connection", "close")).isTrue();
  }

  @Test
  void comparesNamesWithoutCaseAndValuesWithIt() {
    Headers one = Headers.of("A", "x", "B", "y");

    assertThat(one).isEqualTo(Headers.of("a", "x", "b", "y"));
    assertThat(one).hasSameHashCodeAs(Headers.of("a", "x", "b", "y"));
    assertThat(one).isEqualTo(Headers.empty().with("A", "x").withSecret("B", "y"));
    assertThat(one).isNotEqualTo(Headers.of("A", "X", "B", "y"));
    assertThat(one).isNotEqualTo(Headers.of("B", "y", "A", "x"));
    assertThat(one).isNotEqualTo(Headers.of("A", "x"));
    assertThat(one).isNotEqualTo(null);
  }

  @Test
  void masksSecretsInItsText() {
    Headers headers = Headers.of("authorization", "Basic abc", "X-Id", "7", "Cookie", "a=b")
        .with("Set-Cookie", "c=d")
        .with("Proxy-Authorization", "e")
        .withSecret("X-Key", "f")
        .with("x-key", "g");

    assertThat(headers.toString()).isEqualTo("""
            authorization: ***
            X-Id: 7
            Cookie: ***
            Set-Cookie: ***
            Proxy-Authorization: ***
            X-Key: ***
            x-key: ***""");
  }

  @Test
  void keepsTheMarkOfASecretInWhatIsMadeFromIt() {
    Headers marked = Headers.of("X-Key", "a").withSecret("x-key", "b");

    assertThat(marked.without("X-Key").with("X-Key", "c").toString()).isEqualTo("X-Key: ***");
    assertThat(marked.replacing("X-Key", "c").toString()).isEqualTo("X-Key: ***");
    assertThat(marked.isSecret("X-KEY")).isTrue();
    assertThat(Headers.empty().isSecret("X-Key")).isFalse();
    assertThat(Headers.empty().isSecret("cookie")).isTrue();
  }

  @Test
  void writesItsFieldsAsTheyGoOnTheWire() {
    byte[] target = new byte[MANY.encodedLength() + 2];

    int end = MANY.encode(target, 2);

    assertThat(end).isEqualTo(target.length);
    assertThat(new String(target, 2, end - 2, StandardCharsets.US_ASCII))
        .isEqualTo("Accept: text/html\r\nX-Id: 7\r\nACCEPT: */*\r\nx-id: \r\n");
  }
}
