package dev.wireline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.FileNotFoundException;
import java.nio.charset.CharacterCodingException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ScriptResourceTest {

  @AfterEach
  void noThreadIsLeft() {
    Leftovers.assertNoThreads();
  }

  @Test
  void playsAScriptThatLiesBesideAClass() throws Exception {
    try (ScriptedServer server = ScriptedServer.playResource(getClass(), "quit.script");
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.send("QUIT\r\n");

      assertThat(client.readAll()).isEqualTo("220 gr\u00fc\u00df\r\n221 bye\r\n");
      server.verify();
    }
  }

  @Test
  void playsAScriptThatIsNamedFromTheRoot() throws Exception {
    ScriptedServer.Builder builder =
        ScriptedServer.resourceBuilder(PeerServer.class, "/dev/wireline/testing/quit.script");

    assertThat(builder).isNotNull();
  }

  @Test
  void namesAScriptThatIsMissing() {
    assertThatExceptionOfType(FileNotFoundException.class)
        .isThrownBy(() -> ScriptedServer.playResource(getClass(), "no\n.script"))
        .withMessage("there is no resource \"no\\n.script\" beside"
            + " dev.wireline.testing.ScriptResourceTest");
  }

  @Test
  void refusesAScriptThatIsNotInUtf8() {
    assertThatExceptionOfType(CharacterCodingException.class)
        .isThrownBy(() -> ScriptedServer.playResource(getClass(), "latin1.script"));
  }
}
