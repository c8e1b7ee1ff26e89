package dev.wireline.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs that are made of names, and what is read of a query. */
class HttpUrlBuildingTest {
  private static final HttpUrl FILES = HttpUrl.parse("https://peer.test/files?all#top");

  @ParameterizedTest
  @CsvSource({
    "report.pdf, report.pdf",
    "a/b?c, a%2Fb%3Fc",
    "100% #1, 100%25%20%231",
    "%2F, %252F",
    "..., ...",
    "..\\a, ..%5Ca",
    "M\u00fcller \u20ac, M%C3%BCller%20%E2%82%AC",
    "a+b&c=d;e@f:g, a%2Bb%26c%3Dd%3Be%40f%3Ag",
  })
  void takesAnyNameAsOneSegment(String name, String encoded) {
    HttpUrl url = FILES.segment(name);

    assertThat(url).hasToString("https://peer.test/files/" + encoded + "?all#top");
    assertThat(HttpUrl.parse(url.toString())).isEqualTo(url);
    assertThat(FILES.resolve(url.toString()).path()).isEqualTo("/files/" + encoded);
  }

  @Test
  void addsSegmentsOneAfterTheOther() {
    HttpUrl root = HttpUrl.parse("http://peer.test");

    assertThat(root.segment("a").segment("b")).hasToString("http://peer.test/a/b");
    assertThat(root.segment("a").segment("").segment("b")).hasToString("http://peer.test/a/b");
    assertThat(root.segment("a").segment("")).hasToString("http://peer.test/a/");
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "\ud800"})
  void refusesWhatIsNoName(String segment) {
    assertThatThrownBy(() -> FILES.segment(segment)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsWhatItWrote() {
    HttpUrl url = FILES.query("q", "a b&c=d+e").query("\u20ac", "").query("q", "2%");

    assertThat(url.parameters())
        .containsExactly(
            Map.entry("all", List.of("")),
            Map.entry("q", List.of("a b&c=d+e", "2%")),
            Map.entry("\u20ac", List.of("")));
    assertThat(url.parameter("q")).contains("a b&c=d+e");
    assertThat(url.parameter("all")).contains("");
    assertThat(url.parameter("none")).isEmpty();
    assertThat(HttpUrl.parse("http://peer.test/").parameters()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a=b+c, a, b c",
    "a=b=c, a, b=c",
    "&&a=1&, a, 1",
    "a, a, ''",
    "=v, '', v",
    "a=%2, a, %2",
    "a=%zz%41, a, %zzA",
    "a=%, a, %",
    "%61=1, a, 1",
    "a=%FF, a, \ufffd",
    "a=%C3%BC, a, \u00fc",
  })
  void readsWhateverIsInAQuery(String query, String name, String value) {
    assertThat(FormText.parse(query)).containsExactly(Map.entry(name, List.of(value)));
  }

  @Test
  void readsAFormAsItWasWritten() {
    String text = FormText.of("a", "1 +", "b", "\u00e9&=", "a", "");

    assertThat(FormText.parse(text))
        .containsExactly(Map.entry("a", List.of("1 +", "")), Map.entry("b", List.of("\u00e9&=")));
  }

  @Test
  void givesValuesThatNobodyChanges() {
    Map<String, List<String>> values = FormText.parse("a=1");

    assertThatThrownBy(() -> values.put("b", List.of()))
        .isInstanceOf(UnsupportedOperationException.class);
    List<String> all = values.getOrDefault("a", List.of());
    assertThatThrownBy(() -> all.add("2")).isInstanceOf(UnsupportedOperationException.class);
  }
}
