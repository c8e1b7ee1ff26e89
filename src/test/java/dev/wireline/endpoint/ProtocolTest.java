package dev.wireline.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolTest {

  @Test
  void holdsItsSchemesAndPorts() {
    Protocol imap = new Protocol("imap", 143, "imaps", 993);

    assertThat(imap.scheme()).isEqualTo("imap");
    assertThat(imap.tlsPort()).isEqualTo(993);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP", "4x", "a b", "a:", "\u00fc", "tls", "unix"})
  void refusesABadScheme(String scheme) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Protocol(scheme, 1, "x", 2))
        .withMessageStartingWith("scheme \"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Protocol("x", 1, scheme, 2))
        .withMessageStartingWith("scheme \"");
  }

  @Test
  void refusesTheSameSchemeTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Protocol("x", 1, "x", 2))
        .withMessage("scheme \"x\": the scheme with TLS must differ from it");
  }

  @Test
  void refusesAPortOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Protocol("x", 0, "y", 2))
        .withMessage("port 0: must be 1 to 65535");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Protocol("x", 1, "y", 65_536))
        .withMessage("TLS port 65536: must be 1 to 65535");
  }
}
