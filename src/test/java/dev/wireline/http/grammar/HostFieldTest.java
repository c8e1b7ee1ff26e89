package dev.wireline.http.grammar;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostFieldTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost", "example.org", "example.org:8080", "EXAMPLE.org.", "my_host", "127.0.0.1:80",
        "[::1]", "[::1]:8080", "[::ffff:1.2.3.4]", "xn--bcher-kva.example", "a%20b", "a:"
      })
  void takesAHostAndPort(String value) {
    assertThatCode(() -> HostField.check(value)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":80",
        "a b",
        "a/b",
        "a?b",
        "a#b",
        "a,b",
        "a:80:80",
        "a:x",
        "a:-1",
        "http://a",
        "::1",
        "[::1",
        "[]",
        "[::1]x",
        "[fe80::1%25eth0]",
        "[fe80::1%eth0]",
        "a\\b",
        "a\"",
        "<a>",
        "[a]b:1"
      })
  void refusesWhatIsNone(String value) {
    assertThatThrownBy(() -> HostField.check(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("index");
  }

  @Test
  void showsNoUserInfo() {
    assertThatThrownBy(() -> HostField.check("me:s3cret@example.org"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("user info")
        .hasMessageNotContaining("s3cret");
  }
}
