package dev.wireline.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {
  @ParameterizedTest
  @CsvSource({
    "'Sun, 06 Nov 1994 08:49:37 GMT', 1994-11-06T08:49:37Z",
    "'Sunday, 06-Nov-94 08:49:37 GMT', 1994-11-06T08:49:37Z",
    "'Sun Nov  6 08:49:37 1994', 1994-11-06T08:49:37Z",
    "'Sun Nov 16 08:49:37 1994', 1994-11-16T08:49:37Z",
    "'Sun Nov 06 08:49:37 1994', 1994-11-06T08:49:37Z",
    "'Thu, 01 Jan 1970 00:00:00 GMT', 1970-01-01T00:00:00Z",
    "'Wednesday, 01-Jan-70 00:00:00 GMT', 1970-01-01T00:00:00Z",
    "'Tuesday, 31-Dec-69 23:59:59 GMT', 2069-12-31T23:59:59Z",
    "'Saturday, 01-Jan-00 00:00:00 GMT', 2000-01-01T00:00:00Z",
    "'Tue, 29 Feb 2000 00:00:00 GMT', 2000-02-29T00:00:00Z",
    "'Fri, 31 Dec 9999 23:59:59 GMT', 9999-12-31T23:59:59Z",
    "'Sat, 31 Dec 2016 23:59:60 GMT', 2017-01-01T00:00:00Z",
    "'Mon, 26 Jul 1997 05:00:00 GMT', 1997-07-26T05:00:00Z",
  })
  void readsTheThreeForms(String text, Instant moment) {
    assertThat(HttpDate.parse(text)).contains(moment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "-1",
        "Sun",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 gmt",
        "sun, 06 nov 1994 08:49:37 GMT",
        "Sux, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nox 1994 08:49:37 GMT",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun,  6 Nov 1994 08:49:37 GMT",
        "Sun, 06-Nov-1994 08:49:37 GMT",
        "Sun, 31 Nov 1994 08:49:37 GMT",
        "Sun, 29 Feb 2100 08:49:37 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:37 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, 06 Nov 1994 08:49:3  GMT",
        "Sun, 06 Nov 1994 08.49.37 GMT",
        "Sun, 06 Nov -994 08:49:37 GMT",
        "Sun, +6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT ",
        "Sunday, 06 Nov 94 08:49:37 GMT",
        "Sunday, 06-Nov-1994 08:49:37 GMT",
        "Sunda, 06-Nov-94 08:49:37 GMT",
        "Sun, 06-Nov-94 08:49:37 GMT",
        "Sun Nov 6 08:49:37 1994",
        "Sun Nov 6  08:49:37 1994",
        "Sun Nov    08:49:37 1994",
        "Sun Nov  6 08:49:37 94  ",
        "Sun, 06 Nov \u0661\u0669\u0669\u0664 08:49:37 GMT",
      })
  void takesNothingElseForADate(String text) {
    assertThat(HttpDate.parse(text)).isEmpty();
  }

  @Test
  void writesOneForm() {
    Instant moment = Instant.parse("1994-11-06T08:49:37.999Z");

    assertThat(HttpDate.format(moment)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
  }

  @Test
  void readsWhatItWrote() {
    Random random = new Random(7);
    for (int i = 0; i < 1000; i++) {
      Instant moment = Instant.ofEpochSecond(random.nextLong(-60_000_000_000L, 250_000_000_000L));

      assertThat(HttpDate.parse(HttpDate.format(moment))).contains(moment);
    }
  }

  @Test
  void refusesToWriteAYearThatHasNoFourDigits() {
    assertThatThrownBy(() -> HttpDate.format(Instant.parse("+10000-01-01T00:00:00Z")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HttpDate.format(Instant.MIN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsTheDateOfAField() {
    Headers headers = Headers.of("Date", "Sun, 06 Nov 1994 08:49:37 GMT", "Expires", "0");

    assertThat(headers.date("date")).contains(Instant.parse("1994-11-06T08:49:37Z"));
    assertThat(headers.date("Expires")).isEmpty();
    assertThat(headers.date("Last-Modified")).isEmpty();
  }
}
