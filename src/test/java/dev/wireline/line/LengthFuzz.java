package dev.wireline.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.http.Holds;
import java.math.BigInteger;

/** A length that a peer announced is the number that its digits are, and within the bound. */
public final class LengthFuzz {
  private static final int MAX_BYTES = 5000;
  private static final Blocks BLOCKS =
      Blocks.of(new LineClient(Endpoint.tcp("127.0.0.1", 9))).withMaxBytes(MAX_BYTES);

  private LengthFuzz() {}

  public static void check(byte[] input) {
    String digits = new String(input, ISO_8859_1);
    try {
      long length = BLOCKS.parseLength(digits);
      Holds.that(length >= 0 && length <= MAX_BYTES, "a length within the bound");
      Holds.same(BigInteger.valueOf(length), new BigInteger(digits), "a length and its digits");
    } catch (LimitExceededException e) {
      Holds.refusal(e);
      Holds.that(
          new BigInteger(digits).compareTo(BigInteger.valueOf(MAX_BYTES)) > 0, "it is too much");
    } catch (PeerProtocolException e) {
      Holds.refusal(e);
    }
  }
}
