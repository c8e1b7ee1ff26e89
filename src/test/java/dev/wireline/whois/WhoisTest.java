package dev.wireline.whois;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.UnresolvedHostException;
import dev.wireline.line.NothingLeft;
import dev.wireline.line.QuestionOptions;
import dev.wireline.net.Dialer;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whois with servers that say what the test says. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class WhoisTest {
  /** Each name leads to this host. */
  private static final QuestionOptions HERE = QuestionOptions.standard()
      .withDialer(Dialer.builder()
          .resolver(name -> List.of(InetAddress.getLoopbackAddress()))
          .build());

  @Test
  void asksOneServerAsItIsTold() throws IOException {
    try (var server = ScriptedServer.play("C: -T dn x.example\nS> \"J\\xfcrgen\\r\\n\"\n<close>")) {
      WhoisAnswer answer = Whois.ask(server.endpoint().toString(), "-T dn x.example");

      assertThat(answer.server()).isEqualTo(server.endpoint());
      assertThat(answer.text()).isEqualTo("Jürgen\r\n");
      assertThat(answer.bytes()).isEqualTo("Jürgen\r\n".getBytes(ISO_8859_1));
      assertThat(answer.referral()).isEmpty();
      assertThat(answer).hasToString("8 bytes of " + server.endpoint());
    }
  }

  @Test
  void followsReferrals() throws IOException {
    try (var last = ScriptedServer.play("C: x.example\nS: owner: Ann\n<close>");
        var second =
            ScriptedServer.play("C: x.example\nS: Registrar WHOIS Server: whois://three.example:"
                + last.endpoint().port() + "\n<close>");
        var first = ScriptedServer.play(
            "C: x.example\nS: refer:  two.example:" + second.endpoint().port() + "\n<close>")) {
      List<WhoisAnswer> answers = Whois.lookUp(first.endpoint(), "x.example", HERE);

      assertThat(answers).hasSize(3);
      assertThat(answers.get(2).server().host()).isEqualTo("three.example");
      assertThat(answers.get(2).text()).contains("owner: Ann");
    }
  }

  @Test
  void asksNobodyWhoseAddressTheResolverLeavesOut() throws IOException {
    QuestionOptions fenced = QuestionOptions.standard()
        .withDialer(Dialer.builder()
            .resolver(name -> {
              throw new UnknownHostException(name + " is in a private network");
            })
            .build());
    try (PeerServer inside = PeerServer.start(PeerConnection::readLine);
        var first = ScriptedServer.play(
            "C: x.example\nS: refer: inside.example:" + inside.port() + "\n<close>")) {
      assertThatThrownBy(() -> Whois.lookUp(first.endpoint(), "x.example", fenced))
          .isInstanceOf(UnresolvedHostException.class)
          .hasMessageContaining("inside.example");

      assertThat(inside.connections()).isZero();
    }
  }

  @Test
  void asksEachServerOnce() throws IOException {
    AtomicInteger port = new AtomicInteger();
    try (PeerServer server = PeerServer.start(peer -> {
      peer.readLine();
      peer.write(
          (peer.number() % 2 == 0 ? "refer: two" : "refer: one") + ".example:" + port + "\r\n");
    })) {
      port.set(server.port());

      List<WhoisAnswer> answers =
          Whois.lookUp(Endpoint.tcp("one.example", server.port()), "x", HERE);

      assertThat(answers)
          .extracting(answer -> answer.server().host())
          .isSubsetOf("one.example", "two.example")
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void followsSoManyReferralsAndNoMore() throws IOException {
    AtomicInteger port = new AtomicInteger();
    try (PeerServer server = PeerServer.start(peer -> {
      peer.readLine();
      peer.write("refer: next" + peer.number() + ".example:" + port + "\r\n");
    })) {
      port.set(server.port());

      assertThat(Whois.lookUp(Endpoint.tcp("one.example", server.port()), "x", HERE))
          .hasSize(Whois.MAX_REFERRALS + 1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "refer: whois.nic.example                         | whois.nic.example:43",
        "WHOIS:        whois.nic.example                  | whois.nic.example:43",
        "   Registrar WHOIS Server: whois.nic.example     | whois.nic.example:43",
        "ReferralServer: whois://whois.nic.example:4343   | whois.nic.example:4343"
      })
  void findsAReferral(String line, String server) {
    assertThat(Referrals.in("domain: x\r\n" + line + "\r\n"))
        .map(Endpoint::toString)
        .hasValue(server);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "refer:",
        "refer: 10.0.0.1",
        "refer: [fe80::1]",
        "refer: localhost",
        "refer: db.localhost",
        "refer: intranet",
        "refer: mail.example:25",
        "refer: tls://whois.nic.example",
        "refer: unix:/run/app.sock",
        "refer: https://nic.example/whois",
        "ReferralServer: rwhois://nic.example:4321",
        "remarks: refer: whois.nic.example",
        "refer whois.nic.example"
      })
  void goesNowhereElse(String line) {
    assertThat(Referrals.in(line)).isEmpty();
  }

  @Test
  void withstandsBadServers() throws IOException {
    QuestionOptions hurried = HERE.withTimeout(Duration.ofMillis(100)).withMaxBytes(64 * 1024);
    HostilePeers.builder()
        .without("hangs up", "hangs up in a line", "garbage")
        .run(server -> Whois.lookUp(server, "x.example", hurried));
  }

  @Test
  void refusesASecondLine() {
    assertThatIllegalArgumentException().isThrownBy(() -> Whois.ask("nobody.test", "a\r\nb"));
  }
}
