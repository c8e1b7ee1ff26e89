package dev.wireline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigInteger;
import java.time.Instant;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DerTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource("values")
  void encodesAValue(String name, byte[] encoded, String hex) {
    assertThat(HexFormat.of().formatHex(encoded)).as(name).isEqualTo(hex);
  }

  static Stream<Arguments> values() {
    return Stream.of(
        arguments("zero", Der.integer(BigInteger.ZERO), "020100"),
        arguments("a positive byte", Der.integer(BigInteger.valueOf(128)), "02020080"),
        arguments("true", Der.trueValue(), "0101ff"),
        arguments("an oid", Der.oid(1, 2, 840, 10045, 4, 3, 2), "06082a8648ce3d040302"),
        arguments("a short oid", Der.oid(2, 5, 29, 17), "0603551d11"),
        arguments("a bit string", Der.bits(new byte[] {5}), "03020005"),
        arguments("text", Der.utf8("\u00fc"), "0c02c3bc"),
        arguments("an empty sequence", Der.sequence(), "3000"),
        arguments("a set", Der.set(Der.trueValue()), "31030101ff"),
        arguments(
            "the last year of UTCTime",
            Der.time(Instant.parse("2049-12-31T23:59:59Z")),
            "170d" + ascii("491231235959Z")),
        arguments(
            "the first year of GeneralizedTime",
            Der.time(Instant.parse("2050-01-01T00:00:00Z")),
            "180f" + ascii("20500101000000Z")),
        arguments("127 bytes", Der.octets(new byte[127]), "047f" + "00".repeat(127)),
        arguments("128 bytes", Der.octets(new byte[128]), "048180" + "00".repeat(128)),
        arguments("256 bytes", Der.octets(new byte[256]), "04820100" + "00".repeat(256)));
  }

  private static String ascii(String text) {
    return HexFormat.of().formatHex(Latin1.bytes(text));
  }
}
