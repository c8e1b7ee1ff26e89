package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.endpoint.Endpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsPolicyTest {
  @ParameterizedTest
  @CsvSource({
    // policy, endpoint, offered: starts TLS, is mandatory
    "REQUIRED, mail.test:587, true, true, true",
    "REQUIRED, mail.test:587, false, true, true",
    "REQUIRED, tls://mail.test:465, true, false, false",
    "REQUIRED, localhost:587, true, true, false",
    "REQUIRED, localhost:587, false, false, false",
    "REQUIRED, 127.0.0.9:587, false, false, false",
    "REQUIRED, [::1]:587, false, false, false",
    "REQUIRED, unix:/run/mail, true, false, false",
    "IF_OFFERED, mail.test:587, true, true, false",
    "IF_OFFERED, mail.test:587, false, false, false",
    "NEVER, mail.test:587, true, false, false",
  })
  void decides(TlsPolicy policy, String peer, boolean offered, boolean starts, boolean mandatory) {
    Endpoint endpoint = Endpoint.parse(peer);

    assertThat(policy.startsTls(endpoint, offered)).isEqualTo(starts);
    assertThat(policy.isMandatory(endpoint)).isEqualTo(mandatory);
  }
}
