package dev.wireline.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Inputs that differ a little from kept ones, the same ones in every run. */
final class Mutations {
  private static final String[] LIKELY = {
    "\r\n",
    "\n",
    "\r\n\r\n",
    "\r",
    "\t",
    " ",
    "\0",
    "\u007f",
    "\u0080",
    "\u00ff",
    "\u00c3\u00a9",
    "0",
    "-1",
    "9",
    "ffffffffffffffff",
    "9223372036854775807",
    ":",
    ";",
    ",",
    "=",
    "\"",
    "\\",
    "%",
    "%2F",
    "@",
    "[::1]",
    "..",
    "/",
    "//",
    "?",
    "#",
    "HTTP/1.1 ",
    "close",
    "chunked",
    "Content-Length: "
  };

  private final List<byte[]> kept;
  private final Random random;

  Mutations(List<byte[]> kept, long seed) {
    this.kept = kept;
    this.random = new Random(seed);
  }

  byte[] next() {
    byte[] input = any();
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      int from = random.nextInt(input.length + 1);
      int to = Math.min(input.length, from + random.nextInt(8));
      input = switch (random.nextInt(5)) {
        case 0 -> replaced(input, from, to, new byte[0]);
        case 1 -> replaced(input, from, from, likely());
        case 2 -> replaced(input, from, Math.min(from + 1, input.length), likely());
        case 3 -> replaced(input, from, to, new byte[] {(byte) random.nextInt(256)});
        default -> replaced(input, from, input.length, tail(any()));
      };
    }
    return input;
  }

  private byte[] any() {
    return kept.get(random.nextInt(kept.size()));
  }

  private byte[] likely() {
    return LIKELY[random.nextInt(LIKELY.length)].getBytes(ISO_8859_1);
  }

  private byte[] tail(byte[] input) {
    return Arrays.copyOfRange(input, random.nextInt(input.length + 1), input.length);
  }

  private static byte[] replaced(byte[] input, int from, int to, byte[] by) {
    return Packed.joined(
        Arrays.copyOf(input, from), by, Arrays.copyOfRange(input, to, input.length));
  }
}
