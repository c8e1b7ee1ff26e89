package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {
  private final Capabilities smtp = Capabilities.ofLines(List.of(
      "SIZE 10240000", "AUTH PLAIN", "Auth SCRAM-SHA-256 LOGIN ", "  8BITMIME", "", "CHUNKING\t"));

  @Test
  void findsNamesInAnyCase() {
    assertThat(smtp.has("8bitmime")).isTrue();
    assertThat(smtp.has("chunking")).isTrue();
    assertThat(smtp.has("STARTTLS")).isFalse();
    assertThat(smtp.names()).containsExactly("SIZE", "AUTH", "8BITMIME", "CHUNKING");
  }

  @Test
  void gathersTheParametersOfANameThatComesTwice() {
    assertThat(smtp.parameters("AUTH")).containsExactly("PLAIN", "SCRAM-SHA-256", "LOGIN");
    assertThat(smtp.has("auth", "login")).isTrue();
    assertThat(smtp.has("auth", "log")).isFalse();
    assertThat(smtp.has("STARTTLS", "x")).isFalse();
    assertThat(smtp.parameters("STARTTLS")).isEmpty();
  }

  @Test
  void takesWordsWithValues() {
    Capabilities imap = Capabilities.ofWords("IMAP4rev1 LITERAL+  AUTH=PLAIN AUTH=LOGIN =odd");

    assertThat(imap.has("literal+")).isTrue();
    assertThat(imap.parameters("auth")).containsExactly("PLAIN", "LOGIN");
    assertThat(imap.has("=odd")).isTrue();
  }

  @Test
  void showsThemAsTheServerWroteThem() {
    assertThat(smtp)
        .hasToString("SIZE 10240000, AUTH PLAIN SCRAM-SHA-256 LOGIN, 8BITMIME, CHUNKING");
    assertThat(Capabilities.none()).hasToString("");
    assertThat(Capabilities.none().names()).isEmpty();
  }
}
