package dev.wireline.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {

  @Test
  void tellsThePartsOfAName() {
    Endpoint endpoint = Endpoint.tcp("Example.ORG", 80);

    assertThat(endpoint.host()).isEqualTo("example.org");
    assertThat(endpoint.port()).isEqualTo(80);
    assertThat(endpoint.isTls()).isFalse();
    assertThat(endpoint.isUnix()).isFalse();
    assertThat(endpoint.isAddress()).isFalse();
    assertThat(endpoint.path()).isEmpty();
    assertThat(endpoint.authority()).isEqualTo("example.org:80");
  }

  @Test
  void tellsThePartsOfAnAddress() {
    Endpoint endpoint = Endpoint.tls("::1", 443);

    assertThat(endpoint.host()).isEqualTo("::1");
    assertThat(endpoint.isTls()).isTrue();
    assertThat(endpoint.isAddress()).isTrue();
    assertThat(endpoint.authority()).isEqualTo("[::1]:443");
    assertThat(endpoint).hasToString("tls://[::1]:443");
    assertThat(Endpoint.tcp("127.0.0.1", 1).isAddress()).isTrue();
  }

  @Test
  void tellsThePartsOfAUnixSocket() {
    Endpoint endpoint = Endpoint.unix(Path.of("/run/app.sock"));

    assertThat(endpoint.host()).isEqualTo("localhost");
    assertThat(endpoint.port()).isEqualTo(-1);
    assertThat(endpoint.isTls()).isFalse();
    assertThat(endpoint.isUnix()).isTrue();
    assertThat(endpoint.isAddress()).isFalse();
    assertThat(endpoint.path()).contains(Path.of("/run/app.sock"));
    assertThat(endpoint.authority()).isEqualTo("localhost");
    assertThat(endpoint).hasToString("unix:/run/app.sock");
  }

  @Test
  void takesAHostWithItsBrackets() {
    assertThat(Endpoint.tcp("[::1]", 80)).isEqualTo(Endpoint.tcp("::1", 80));
  }

  @Test
  void switchesTlsOnAndOff() {
    Endpoint plain = Endpoint.tcp("example.org", 25);

    Endpoint secured = plain.withTls(true);

    assertThat(secured).hasToString("tls://example.org:25").isNotEqualTo(plain);
    assertThat(secured.withTls(false)).isEqualTo(plain);
    assertThat(plain.withTls(false)).isSameAs(plain);
  }

  @Test
  void hasNoFormForTlsOnAUnixSocket() {
    Endpoint endpoint = Endpoint.unix(Path.of("/run/app.sock"));

    assertThat(endpoint.withTls(false)).isSameAs(endpoint);
    assertThatIllegalStateException()
        .isThrownBy(() -> endpoint.withTls(true))
        .withMessageContaining("unix:/run/app.sock");
  }

  @Test
  void isEqualByItsParts() {
    Endpoint endpoint = Endpoint.parse("EXAMPLE.org.:80");

    assertThat(endpoint).isEqualTo(Endpoint.tcp("example.org", 80));
    assertThat(endpoint).hasSameHashCodeAs(Endpoint.tcp("example.org", 80));
    assertThat(endpoint).isNotEqualTo(Endpoint.tcp("example.org", 81));
    assertThat(endpoint).isNotEqualTo(Endpoint.tcp("example.net", 80));
    assertThat(endpoint).isNotEqualTo(Endpoint.tls("example.org", 80));
    assertThat(Endpoint.unix(Path.of("/a"))).isNotEqualTo(Endpoint.unix(Path.of("/b")));
  }

  @Test
  void refusesPartsThatBreakTheGrammar() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.tcp("example.org", 0))
        .withMessage("port 0: must be 1 to 65535");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.tls("example.org", 65_536))
        .withMessage("port 65536: must be 1 to 65535");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.tcp("example.org:80", 80))
        .withMessageStartingWith("host \"example.org:80\": the character at index 11 ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.tcp("[::1]x", 80))
        .withMessage("host \"[::1]x\": the character at index 5 follows the address");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.tcp("me:secret@example.org", 80))
        .withMessageContaining("user info")
        .withMessageNotContaining("secret");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.unix(Path.of("app.sock")))
        .withMessage("Unix path \"app.sock\": the path at index 0 must be absolute");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.unix(Path.of("/run/a b")))
        .withMessage("Unix path \"/run/a b\": the white space at index 6 does not belong here");
  }

  @Test
  void refusesADefaultPortOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.parse("example.org:80", 0))
        .withMessage("default port 0: must be 1 to 65535");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:1, true",
    "a.localhost:1, true",
    "127.0.0.1:1, true",
    "127.8.9.1:1, true",
    "[::1]:1, true",
    "unix:/run/app.sock, true",
    "notlocalhost:1, false",
    "localhost.test:1, false",
    "127.test:1, false",
    "10.0.0.1:1, false",
    "[::2]:1, false"
  })
  void knowsWhatStaysOnThisHost(String text, boolean local) {
    assertThat(Endpoint.parse(text).isLocal()).isEqualTo(local);
  }
}
