package dev.wireline.finger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.NothingLeft;
import dev.wireline.line.QuestionOptions;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finger with servers that say what the test says. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class FingerTest {
  private static final QuestionOptions STANDARD = QuestionOptions.standard();

  @Test
  void asksAboutSomebody() throws IOException {
    try (var server = ScriptedServer.play("C: ann\nS: Login: ann\nS: No plan.\n<close>")) {
      assertThat(Finger.ask(server.endpoint().toString(), "ann"))
          .isEqualTo("Login: ann\r\nNo plan.\r\n");
      server.verify();
    }
  }

  @Test
  void asksWhoIsThere() throws IOException {
    try (var server = ScriptedServer.play("C:\n<close>")) {
      assertThat(Finger.ask(server.endpoint().toString(), "")).isEmpty();
    }
  }

  @Test
  void asksForMoreAndOfAnotherHostOnlyWhenTold() {
    FingerQuery ann = FingerQuery.of("ann");

    assertThat(ann).hasToString("ann");
    assertThat(ann.verbose()).hasToString("/W ann");
    assertThat(FingerQuery.of("").verbose()).hasToString("/W");
    assertThat(ann.forwardedTo("far.example")).hasToString("ann@far.example");
    assertThat(ann.forwardedTo("far.example").verbose()).hasToString("/W ann@far.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann@far.example", "@far.example", "/W ann"})
  void refusesANameThatAsksForMore(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> FingerQuery.of(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a@b", "a\r\nb"})
  void refusesAHostThatIsNone(String host) {
    FingerQuery ann = FingerQuery.of("ann");

    assertThatIllegalArgumentException().isThrownBy(() -> ann.forwardedTo(host));
  }

  @Test
  void refusesASecondLine() {
    FingerQuery two = FingerQuery.of("ann\r\nben");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Finger.ask(Endpoint.tcp("nobody.test", 79), two, STANDARD));
  }

  @Test
  void withstandsBadServers() throws IOException {
    QuestionOptions hurried = STANDARD.withTimeout(Duration.ofMillis(100)).withMaxBytes(64 * 1024);
    FingerQuery ann = FingerQuery.of("ann");
    HostilePeers.builder()
        .without("hangs up", "hangs up in a line", "garbage")
        .run(server -> Finger.ask(server, ann, hurried));
  }
}
