package dev.wireline.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.UnicodeSet;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts beyond ASCII, against ICU as the oracle: what is dialled is what a browser dials, or nothing. */
class InternationalHostTest {
  private static final IDNA ORACLE = IDNA.getUTS46Instance(IDNA.CHECK_BIDI
      | IDNA.CHECK_CONTEXTJ
      | IDNA.NONTRANSITIONAL_TO_ASCII
      | IDNA.NONTRANSITIONAL_TO_UNICODE);

  /** What browsers let pass (WHATWG URL, section 3.3), or the grammar of names finds. */
  private static final Set<IDNA.Error> PASSED = EnumSet.of(
      IDNA.Error.LEADING_HYPHEN,
      IDNA.Error.TRAILING_HYPHEN,
      IDNA.Error.HYPHEN_3_4,
      IDNA.Error.EMPTY_LABEL,
      IDNA.Error.LABEL_TOO_LONG,
      IDNA.Error.DOMAIN_NAME_TOO_LONG);

  private static @Nullable String ours(String host) {
    try {
      return Endpoint.tcp(host, 80).host();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable String oracle(String host) {
    StringBuilder ascii = new StringBuilder();
    IDNA.Info info = new IDNA.Info();
    ORACLE.nameToASCII(host, ascii, info);
    return PASSED.containsAll(info.getErrors()) ? ascii.toString() : null;
  }

  /** What the oracle dials, where it is a name of letters, digits and hyphens. */
  private static boolean isDialled(@Nullable String ascii) {
    return ascii != null && ascii.equals(ours(ascii));
  }

  @ParameterizedTest
  @CsvSource({
    "fa\u00df.de, xn--fa-hia.de",
    "\u03b2\u03cc\u03bb\u03bf\u03c2.com, xn--nxasmm1c.com",
    "b\u00fccher.example, xn--bcher-kva.example",
    "B\u00dcCHER.example, xn--bcher-kva.example",
    "Bu\u0308cher.example, xn--bcher-kva.example",
    "\u1e9e.de, xn--zca.de",
    "\u65e5\u672c\u3002jp, xn--wgv71a.jp",
    "\uff11\uff12\uff17.0.0.1, 127.0.0.1",
    "\u05d0\u05d1\u05d2.test, xn--4dbcd.test",
    "\ud83d\ude00.test, xn--e28h.test",
    "xn--fa-hia.de, xn--fa-hia.de",
    "XN--FA-HIA.de, xn--fa-hia.de",
    "\uff58n--fa-hia.de, xn--fa-hia.de",
  })
  void isDialledAsABrowserDialsIt(String host, String ascii) {
    assertThat(ours(host)).isEqualTo(ascii);
    assertThat(oracle(host)).isEqualTo(ascii);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xn--a.test",
        "xn--.test",
        "a.xn--",
        "xn--abc-.test",
        "xn--abc.test",
        "xn--fa-hia\u00df.de",
        "xn--9999999999.test",
        "xn--strae-oqa\u00df.de",
        "xn--bcher-kvb9999999.test",
        "xn--u-ccb.test",
        "xn--xn--a--gva.test",
        "\u0301a.test",
        "a.\u05d01b.test",
        "1.\u05d0.test",
        "\u00ad.test",
        "a\u200cb.test",
        "\ufffd.test",
        "\ud83d.test",
        "\u2488.test",
        "a\u2100b.test",
      })
  void isRefusedWhereItMeansNothing(String host) {
    assertThat(oracle(host))
        .satisfiesAnyOf(
            ascii -> assertThat(ascii).isNull(),
            ascii ->
                assertThat(host).containsAnyOf("xn--xn--", "\u00ad", "\u2488", "\u2100", "\u200c"));
    assertThatThrownBy(() -> Endpoint.tcp(host, 80)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0dc1\u0dca\u200d\u0dbb\u0dd3.test",
        "\u0646\u0627\u0645\u0647\u200c\u0627\u06cc.test"
      })
  void keepsAJoinerWhereItMeansSomething(String host) {
    assertThat(Endpoint.tcp(host, 80).host()).isEqualTo(oracle(host)).contains("xn--");
    assertThat(Endpoint.parse(host + ":80").host()).isEqualTo(oracle(host));
  }

  @Test
  void readsAJoinerInALabelThatIsEncodedAlready() {
    String persian = oracle("\u0646\u0627\u0645\u0647\u200c\u0627\u06cc.test");

    assertThat(ours("xn--mgba3gch31f060k.test")).isEqualTo(persian).isNotNull();
    assertThat(ours("xn--ab-j1t.test")).isNull();
    assertThat(oracle("xn--ab-j1t.test")).isNull();
  }

  @Test
  void knowsOfEachCharacterWhatTheOracleKnows() {
    for (int c = 0x80; c <= Character.MAX_CODE_POINT; c++) {
      if (c == 0x40000) {
        // Nothing is assigned between.
        c = 0xE0000;
      }
      String ascii = InternationalName.toAscii("a" + Character.toString(c));
      if (ascii != null) {
        assertThat(ascii).isEqualTo(oracle("a" + Character.toString(c)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Latin",
        "Greek",
        "Cyrillic",
        "Han",
        "Hiragana",
        "Katakana",
        "Hangul",
        "Arabic",
        "Hebrew",
        "Thai",
        "Devanagari",
        "Tamil",
        "Georgian",
        "Armenian"
      })
  void dialsTheNamesOfAScriptAsTheOracleDoes(String script) {
    UnicodeSet set = new UnicodeSet("[[:script=" + script + ":]&[:age=13:]]");
    Random random = new Random(script.hashCode());
    int accepted = 0;
    int right = 0;
    for (int i = 0; i < 500; i++) {
      String host = host(random, set);
      accepted += agree(host) ? 1 : 0;
      right += isDialled(oracle(host)) ? 1 : 0;
    }
    assertThat(right).isPositive();
    assertThat(accepted).isGreaterThanOrEqualTo(right * 99 / 100);
  }

  /** Labels of the script, with ASCII, combining marks and joiners among them, some encoded already. */
  private static String host(Random random, UnicodeSet script) {
    StringBuilder label = new StringBuilder();
    for (int length = 1 + random.nextInt(6); length > 0; length--) {
      int kind = random.nextInt(30);
      if (kind > 2) {
        label.appendCodePoint(script.charAt(random.nextInt(script.size())));
      } else {
        label.append("a1-\u0301\u0660\u06f1\u200c\u0308\u094d".charAt(random.nextInt(9)));
      }
    }
    StringBuilder encoded = new StringBuilder(label);
    if (random.nextInt(4) == 0) {
      ORACLE.labelToASCII(label, encoded, new IDNA.Info());
    }
    return random.nextInt(3) == 0 ? "a." + encoded + ".example" : encoded + ".example";
  }

  @Test
  void neverDialsAnotherHostThanTheOracle() {
    Random random = new Random(46);
    String pieces =
        "aZ09-._xn\u00df\u03c2\u00fc\u0130\u0131\u017f\u212a\u0301\u0327\u05d0\u0627\u0661"
            + "\u06f2\u0640\u094d\u0915\u200c\u200d\u3002\uff0e\u3042\uac00\u1100\u1161\u2126\ufb01\u2460"
            + "\u1e9e\u00ad\u2260\u0338\ufe0f\u00b7\u0387\u1f00\u0345\u2c2f\ua7ae\u10a0\u13a0\uab70";
    for (int i = 0; i < 5_000; i++) {
      StringBuilder host = new StringBuilder(random.nextInt(5) == 0 ? "xn--" : "");
      for (int length = 1 + random.nextInt(8); length > 0; length--) {
        boolean any = random.nextInt(8) == 0;
        host.appendCodePoint(
            any ? random.nextInt(0x20000) : pieces.charAt(random.nextInt(pieces.length())));
      }
      agree(host + ".b");
    }
  }

  @Test
  void takesNoEncodedLabelThatTheOracleRefuses() {
    Random random = new Random(3492);
    String digits = "abcdefghijklmnopqrstuvwxyz0123456789--";
    for (int i = 0; i < 5_000; i++) {
      StringBuilder host = new StringBuilder("xn--");
      for (int length = 1 + random.nextInt(9); length > 0; length--) {
        host.append(digits.charAt(random.nextInt(digits.length())));
      }
      agree(host + ".b");
    }
  }

  /** Where a host is accepted, the oracle accepts it as the same name. */
  private static boolean agree(String host) {
    String ascii = ours(host);
    if (ascii != null) {
      String expected = oracle(host);
      boolean rooted = expected != null && expected.endsWith(".");
      assertThat(ascii + (rooted ? "." : "")).as(host).isEqualTo(expected);
    }
    return ascii != null;
  }

  @Test
  void standsInATableThatIsMadeOfTheOracle() throws IOException {
    try (InputStream table = HostCharacters.class.getResourceAsStream("hosts.table")) {
      assertThat(table.readAllBytes()).isEqualTo(HostTable.bytes());
    }
  }
}
