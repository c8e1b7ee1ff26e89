package dev.wireline.chaos;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.Incoming;
import dev.wireline.net.DatagramOptions;
import dev.wireline.sntp.Sntp;
import dev.wireline.tftp.Tftp;
import dev.wireline.tftp.TftpOptions;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The clients of protocols in datagrams, some of which get lost and all of which come twice. */
record SmallDatagramPlay() implements Play {
  private static final int READ_REQUEST = 1;
  private static final int SNTP_CLIENT = 0x23;
  private static final int SNTP_SERVER = 0x24;
  private static final int LINES = 10;
  private static final long NOON = 0xEEAC_0640L << 32;
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));

  /** What the server answers: the only block of a file, or the time. */
  static List<byte[]> answers(byte[] request) {
    if (request.length > 2 && request[1] == READ_REQUEST) {
      String rest = Item.text(request).substring(2);
      String token = rest.substring(0, rest.indexOf('\0'));
      byte[] file = Item.bytes(Item.text(token, LINES));
      return List.of(ByteBuffer.allocate(4 + file.length)
          .putShort((short) 3)
          .putShort((short) 1)
          .put(file)
          .array());
    }
    if (request.length == 48 && request[0] == SNTP_CLIENT) {
      ByteBuffer answer = ByteBuffer.allocate(48).put((byte) SNTP_SERVER).put((byte) 1);
      answer.putLong(24, ByteBuffer.wrap(request).getLong(40));
      return List.of(answer.putLong(32, NOON).putLong(40, NOON).array());
    }
    return List.of();
  }

  @Override
  public void run(Stage stage) {
    DatagramOptions options = DatagramOptions.builder()
        .callTimeout(Duration.ofSeconds(1))
        .firstWait(Duration.ofMillis(20))
        .resolver(host -> {
          stage.hook().passIo();
          return List.of(InetAddress.getLoopbackAddress());
        })
        .build();
    Endpoint server = stage.servers().smallDatagrams(stage);
    stage.hook().on();
    for (int i = stage.upTo(3); i >= 0; i--) {
      if (stage.once(8)) {
        // One try alone: what is lost costs the whole timeout.
        askForTheTime(
            stage,
            server,
            options.toBuilder().callTimeout(Duration.ofMillis(100)).build());
      } else {
        fetch(stage, server, options);
      }
    }
    stage.hook().off();
    stage.strikes().end();
    stage.strikes().calm();
  }

  private static void fetch(Stage stage, Endpoint server, DatagramOptions options) {
    String token = stage.askWhole("FILE").token();
    stage.attempt("fetch " + token, Item.text(token, LINES), true, () -> {
      TftpOptions all = TftpOptions.standard().withDatagrams(options);
      try (Incoming in = Tftp.open(server, token, all)) {
        stage.hook().passIo();
        return in.text();
      }
    });
  }

  private static void askForTheTime(Stage stage, Endpoint server, DatagramOptions options) {
    stage.attempt(
        "time", "PT0S", true, () -> Sntp.ask(server, options, CLOCK).offset().toString());
  }
}
