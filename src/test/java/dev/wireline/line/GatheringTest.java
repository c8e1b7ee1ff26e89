package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is gathered before it leaves. */
class GatheringTest {
  private static final int KIB = 1024;

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final List<Integer> pieces = new ArrayList<>();
  private final Gathering gathering = new Gathering((bytes, offset, length) -> {
    sent.write(bytes, offset, length);
    pieces.add(length);
  });

  @Test
  void sendsLargerPiecesBehindTheFirst() throws IOException {
    byte[] bytes = bytes(200 * KIB);

    for (int at = 0; at < bytes.length; at += KIB) {
      gathering.putAll(bytes, at, at + KIB);
    }
    gathering.send(0);

    assertThat(pieces).containsExactly(16 * KIB, 64 * KIB, 64 * KIB, 56 * KIB);
    assertThat(sent.toByteArray()).isEqualTo(bytes);
    assertThat(gathering.sent()).isEqualTo(bytes.length);
  }

  @Test
  void keepsTheLastByteOfWhatIsSentPastIt() throws IOException {
    byte[] bytes = bytes(128 * KIB);

    gathering.putAll(bytes, 0, bytes.length);
    gathering.send(1);
    assertThat(sent.toByteArray()).hasSize(bytes.length - 1);

    gathering.send(0);
    assertThat(sent.toByteArray()).isEqualTo(bytes);
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }
}
