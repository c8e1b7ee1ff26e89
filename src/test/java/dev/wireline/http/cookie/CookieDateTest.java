package dev.wireline.http.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieDateTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sun, 06 Nov 1994 08:49:37 GMT | 1994-11-06T08:49:37Z",
        "Sunday, 06-Nov-94 08:49:37 GMT | 1994-11-06T08:49:37Z",
        "Sun Nov  6 08:49:37 1994 | 1994-11-06T08:49:37Z",
        "Wed, 09 Jun 2021 10:18:14 GMT | 2021-06-09T10:18:14Z",
        "Sun, 06 Nov 1994 08:49:37 +0200 | 1994-11-06T08:49:37Z",
        "08:49:37 6 nOvEmBeR 1994 | 1994-11-06T08:49:37Z",
        "1994 06 Nov 08:49:37 | 1994-11-06T08:49:37Z",
        "Nov 06 94 8:9:7 | 1994-11-06T08:09:07Z",
        "8:49:37junk 6th Nov 1994AD | 1994-11-06T08:49:37Z",
        "6\tNov;1994/08:49:37 | 1994-11-06T08:49:37Z",
        "6-Nov_94(08:49:37) | 1994-11-06T08:49:37Z",
        "1 Jan 70 0:0:0 | 1970-01-01T00:00:00Z",
        "1 Jan 69 0:0:0 | 2069-01-01T00:00:00Z",
        "1 Jan 00 0:0:0 | 2000-01-01T00:00:00Z",
        "1 Jan 99 0:0:0 | 1999-01-01T00:00:00Z",
        "1 Jan 1601 0:0:0 | 1601-01-01T00:00:00Z",
        "31 Dec 9999 23:59:59 | 9999-12-31T23:59:59Z",
        "29 Feb 2024 0:0:0 | 2024-02-29T00:00:00Z",
        "0:0:0 1:1:1 Jan 2024 | 2024-01-01T00:00:00Z",
      })
  void readsADate(String text, String expected) {
    assertThat(CookieDate.parse(text)).contains(Instant.parse(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "0",
        "tomorrow",
        "1994-11-06T08:49:37Z",
        "6 Nov 1994",
        "6 Nov 08:49:37",
        "6 1994 08:49:37",
        "Nov 1994 08:49:37",
        "6 Nov 1994 08:49",
        "6 Nov 1994 008:49:37",
        "6 Nov 1994 08:049:37",
        "6 Nov 1994 08:49:037",
        "6 Nov 1994 24:00:00",
        "6 Nov 1994 23:60:00",
        "6 Nov 1994 23:59:60",
        "0 Nov 1994 08:49:37",
        "32 Dec 1994 08:49:37",
        "31 Nov 1994 08:49:37",
        "29 Feb 2023 00:00:00",
        "6 No 1994 08:49:37",
        "6 anf 1994 08:49:37",
        "6 Nov 1600 08:49:37",
        "6 Nov 199 08:49:37",
        "6 Nov 19941 08:49:37",
        "6 Nov \u0661\u0669\u0669\u0664 08:49:37",
        "99999999999999999999 Nov 1994 08:49:37",
      })
  void refusesWhatIsNone(String text) {
    assertThat(CookieDate.parse(text)).isEmpty();
  }
}
