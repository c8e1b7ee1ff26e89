package dev.wireline.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HeaderElementsTest {
  static List<Arguments> lists() {
    return List.of(
        Arguments.of("", List.of()),
        Arguments.of(",, \t,", List.of()),
        Arguments.of("gzip", List.of("gzip")),
        Arguments.of(" a ,\tb,c ", List.of("a", "b", "c")),
        Arguments.of(",a,, b,", List.of("a", "b")),
        Arguments.of("\"x, y\", z", List.of("\"x, y\"", "z")),
        Arguments.of("a=\"1,2\";b, c", List.of("a=\"1,2\";b", "c")),
        Arguments.of("\"a\\\",b\",c", List.of("\"a\\\",b\"", "c")),
        Arguments.of("\"\",a", List.of("\"\"", "a")),
        Arguments.of("a\",b", List.of("a\"", "b")),
        Arguments.of("\"a\\\",b", List.of("\"a\\\"", "b")),
        Arguments.of("\"a\",\"b,c", List.of("\"a\"", "\"b", "c")));
  }

  @ParameterizedTest
  @MethodSource("lists")
  void splitsAList(String value, List<String> elements) {
    assertThat(Headers.of("A", value).elements("a")).isEqualTo(elements);
  }

  @Test
  void joinsTheLinesOfAField() {
    Headers headers = Headers.of("A", "x, y", "B", "b", "a", "", "A", "\"z", "A", "\"");

    assertThat(headers.elements("A")).containsExactly("x", "y", "\"z", "\"");
    assertThat(headers.elements("C")).isEmpty();
  }

  @Test
  void givesAListThatNobodyCanChange() {
    assertThatThrownBy(() -> Headers.of("A", "x").elements("A").clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
