package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the fuzzer has kept, and inputs near it. The search for more is in the profile {@code fuzz}. */
@Timeout(60)
class FuzzCorpusTest {
  private static final int NEAR = 20_000;

  @ParameterizedTest
  @EnumSource(FuzzTarget.class)
  void holdsForWhatWasKept(FuzzTarget target) {
    List<byte[]> kept = Corpus.of(target);

    kept.forEach(input -> check(target, input));
    assertThat(kept).hasSizeGreaterThan(9);
  }

  @ParameterizedTest
  @EnumSource(FuzzTarget.class)
  void holdsForWhatIsNear(FuzzTarget target) {
    Mutations mutations = new Mutations(Corpus.of(target), 17);

    for (int i = 0; i < NEAR; i++) {
      check(target, mutations.next());
    }
  }

  private static void check(FuzzTarget target, byte[] input) {
    try {
      target.check(input);
    } catch (RuntimeException | AssertionError e) {
      fail("for the input " + Corpus.line(input), e);
    }
  }

  @Test
  void keepsEachByteInItsLines() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }

    assertThat(Corpus.input(Corpus.line(all))).isEqualTo(all);
    assertThat(Corpus.input(Corpus.line(new byte[] {'#'}))).containsExactly('#');
  }
}
