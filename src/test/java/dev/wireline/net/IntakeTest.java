package dev.wireline.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.Activity;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.TestCertificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class IntakeTest {
  private static void flood(PeerConnection connection) throws Exception {
    connection.write(new byte[1 << 20]);
    connection.hold();
  }

  @Test
  void aPeerThatAlwaysHasBytesReadyDoesNotOutrunADeadline() throws Exception {
    try (PeerServer server = PeerServer.start(IntakeTest::flood);
        Wire wire = Dialer.standard().dial(server.endpoint())) {
      wire.input().read(1 << 16);
      Deadline past = Deadline.after(Duration.ZERO, Phase.CALL);

      DeadlineExceededException thrown = catchThrowableOfType(
          DeadlineExceededException.class,
          () -> wire.input().read(1 << 19, past, Activity.READING));

      assertThat(thrown.phase()).isEqualTo(Phase.CALL);
      assertThat(wire.isOpen()).isFalse();
    }
  }

  @Test
  void trustInNothingIsRefused() {
    assertThatThrownBy(() -> Tls.builder().trust(new X509Certificate[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no certificate");
  }

  @Test
  void aPinWithoutItsPaddingIsTheSamePin() throws Exception {
    TestCertificate certificate = TestCertificate.forHosts();
    String pin = Tls.pin(certificate.certificate());
    Tls tls = Tls.builder()
        .context(certificate.clientContext())
        .pin(pin.substring(0, pin.length() - 1))
        .build();
    Dialer dialer = Dialer.builder().tls(tls).build();

    try (PeerServer server = PeerServer.builder().tls(certificate).start(PeerConnection::hold);
        Wire wire = dialer.dial(server.endpoint())) {
      assertThat(wire.isOpen()).isTrue();
    }
  }

  @Test
  void aPinThatIsNoHashIsRefusedInOurWords() {
    assertThatThrownBy(() -> Tls.builder().pin("not base64!"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a pin is the Base64 of 32 bytes");
  }
}
