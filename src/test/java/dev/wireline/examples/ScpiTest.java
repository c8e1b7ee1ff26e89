package dev.wireline.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.line.LineOptions;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.CutPoints;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ScpiTest {
  private static final String FINE = "C: SYST:ERR?\nS: 0,\"No error\"\n";
  private static final String MEASURED = "C: MEAS:VOLT?\nS: +1.25000E-01\n" + FINE;
  private static final String PICTURE = "C: HCOP:DATA?\nS> \"#15\\r\\n#\\x00\\xff\\n\"\n" + FINE;

  private static Scpi client(ScriptedServer server) {
    return new Scpi(server.endpoint(), LineOptions.standard());
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void measuresAndSets(Delivery delivery) throws IOException {
    String script = "C: *IDN?\nS: Bench,DMM 1,0042,1.0\n" + FINE + "C: CONF:VOLT 10\n" + FINE
        + MEASURED + PICTURE + MEASURED;
    try (var server = ScriptedServer.builder(script).delivery(delivery).start();
        var instrument = client(server)) {
      assertThat(instrument.identity()).isEqualTo("Bench,DMM 1,0042,1.0");
      instrument.command("CONF:VOLT 10");
      assertThat(instrument.voltage()).isEqualTo(0.125);
      assertThat(instrument.block("HCOP:DATA?")).containsExactly('\r', '\n', '#', 0, 0xff);
      assertThat(instrument.voltage()).isEqualTo(0.125);

      server.verify();
    }
  }

  @Test
  void readsABlockOfManyBytes() throws IOException {
    byte[] picture = new byte[2048];
    Arrays.fill(picture, (byte) '\n');
    try (var server = PeerServer.start(peer -> {
          peer.readLine();
          peer.write("#42048");
          peer.write(picture);
          peer.write("\n");
          peer.readLine();
          peer.write("0,\"No error\"\n");
        });
        var instrument = new Scpi(server.endpoint(), LineOptions.standard())) {
      assertThat(instrument.block("HCOP:DATA?")).isEqualTo(picture);
    }
  }

  @Test
  void emptiesTheQueueAndTellsTheFirstComplaint() throws IOException {
    String script = """
        C: CONF:VOLTS
        C: SYST:ERR?
        S: -113,"Undefined header;CONF:VOLTS"
        C: SYST:ERR?
        S: 201,"Too hot"
        C: SYST:ERR?
        S: +0,"No error"
        """ + MEASURED;
    try (var server = ScriptedServer.play(script);
        var instrument = client(server)) {
      assertThatExceptionOfType(Scpi.Complaint.class)
          .isThrownBy(() -> instrument.command("CONF:VOLTS"))
          .withMessageContaining("the instrument complained: \"-113,")
          .satisfies(e -> assertThat(e.code()).isEqualTo(-113));

      assertThat(instrument.voltage()).isEqualTo(0.125);
      server.verify();
    }
  }

  @Test
  void doesNotEmptyAQueueWithoutAnEnd() throws IOException {
    try (var server = PeerServer.start(peer -> {
          while (peer.readLine() != null) {
            peer.write("-350,\"Queue overflow\"\n");
          }
        });
        var instrument = new Scpi(server.endpoint(), LineOptions.standard())) {
      assertThatExceptionOfType(LimitExceededException.class)
          .isThrownBy(() -> instrument.command("*RST"));

      assertThat(instrument.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1,5", "NaN", "0x1p3", "1d", "1.2.3", "+", "volts"})
  void breaksOffWhenAValueIsNoNumber(String answer) throws IOException {
    try (var server = ScriptedServer.play("C: MEAS:VOLT?\nS: " + answer + "\n" + FINE);
        var instrument = client(server)) {
      assertThatExceptionOfType(PeerProtocolException.class).isThrownBy(instrument::voltage);

      assertThat(instrument.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", ",\"No error\"", "none,\"x\"", "12345678901,\"x\"", "+-1,\"x\""})
  void breaksOffWhenTheQueueMakesNoSense(String entry) throws IOException {
    try (var server = ScriptedServer.play("C: *RST\nC: SYST:ERR?\nS: " + entry);
        var instrument = client(server)) {
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> instrument.command("*RST"));

      assertThat(instrument.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.25\\n", "#05ab\\n", "#a5\\n", "#2+5abcde\\n", "#13abcd\\n"})
  void breaksOffWhenABlockMakesNoSense(String answer) throws IOException {
    try (var server = ScriptedServer.play("C: HCOP:DATA?\nS> \"" + answer + "\"\n");
        var instrument = client(server)) {
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> instrument.block("HCOP:DATA?"));

      assertThat(instrument.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void takesNoBlockThatIsTooLarge() throws IOException {
    try (var server = ScriptedServer.play("C: HCOP:DATA?\nS> \"#9999999999\"");
        var instrument = client(server)) {
      assertThatExceptionOfType(LimitExceededException.class)
          .isThrownBy(() -> instrument.block("HCOP:DATA?"));
    }
  }

  @Test
  void doesNotWaitForEverForWhatIsNotUnderstood() throws IOException {
    try (var server = ScriptedServer.play("C: MEAS:VOLTS?");
        var instrument = new Scpi(server.endpoint(), Hurried.options())) {
      assertThatExceptionOfType(DeadlineExceededException.class)
          .isThrownBy(() -> instrument.query("MEAS:VOLTS?"));

      assertThat(instrument.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @ParameterizedTest
  @CsvSource({"MEAS:VOLT?, CONF:VOLT 10", "MEAS:VOLT? (@1), DISP:TEXT 'Really?'"})
  void tellsAQueryFromACommand(String query, String command) {
    try (var instrument = new Scpi("localhost")) {
      assertThatIllegalArgumentException().isThrownBy(() -> instrument.command(query));
      assertThatIllegalArgumentException().isThrownBy(() -> instrument.query(command));
      assertThatIllegalArgumentException().isThrownBy(() -> instrument.block(command));
      assertThatIllegalArgumentException().isThrownBy(() -> instrument.command("A\nB"));

      assertThat(instrument.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void noticesEachCut() throws IOException {
    CutPoints.everyCutPoint(MEASURED + PICTURE, server -> {
      try (var instrument = new Scpi(server, LineOptions.standard())) {
        instrument.voltage();
        instrument.block("HCOP:DATA?");
      }
    });
  }

  @Test
  void withstandsBadServers() throws IOException {
    HostilePeers.builder().after(MEASURED + "C: HCOP:DATA?").run(server -> {
      try (var instrument = new Scpi(server, Hurried.options())) {
        instrument.voltage();
        instrument.block("HCOP:DATA?");
      }
    });
  }
}
