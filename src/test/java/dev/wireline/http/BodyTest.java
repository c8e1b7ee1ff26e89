package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {
  @Test
  void encodesTextAsUtf8AndLeavesTheTypeAsItIs() throws IOException {
    Body body = Body.of("\u010daj \ud83d\ude00", "text/plain");

    assertThat(body.length()).isEqualTo(9);
    assertThat(body.content().open().readAllBytes()).startsWith(0xC4, 0x8D);
    assertThat(body.contentType()).isEqualTo("text/plain");
  }

  @Test
  void sendsTheBytesOfTheCallerWithoutACopy() throws IOException {
    byte[] bytes = {1, 2, 3};
    Body body = Body.of(bytes, "application/octet-stream");

    bytes[0] = 9;

    assertThat(body.content().open().readAllBytes()).containsExactly(9, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "a\ude00", "\ud83dx", "\ud83d\ud83d\ude00"})
  void refusesALoneSurrogate(String text) {
    assertThatThrownBy(() -> Body.of(text, "text/plain"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lone surrogate at index");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "text/plain\r\nX: y", "text/pl\u010din", "text/\u0000"})
  void refusesATypeThatIsNoFieldValue(String contentType) {
    assertThatThrownBy(() -> Body.of("x", contentType))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Body.of(new byte[1], contentType))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
