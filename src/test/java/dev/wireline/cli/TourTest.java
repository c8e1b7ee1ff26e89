package dev.wireline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tour that newcomers take first. */
@Timeout(60)
class TourTest {
  private final Typed typed = new Typed();

  @Test
  void showsCommandsAndWhatTheySay() {
    assertThat(typed.run("tour")).as(typed.err()).isZero();

    assertThat(typed.err()).isEmpty();
    assertThat(typed.out())
        .containsSubsequence(
            "$ wireline get -v http://127.0.0.1:",
            "C: GET / HTTP/1.1\n",
            "S: HTTP/1.1 200 OK\n",
            "Hello over a real socket, Wireline.\n",
            "$ printf 'EHLO tour.test\\nQUIT\\n' | wireline talk 127.0.0.1:",
            "220 mail.test ESMTP",
            "250 SIZE 1000",
            "221 bye",
            "$ wireline get http://127.0.0.1:",
            "Half a page.\n",
            "wireline: ",
            "13 of 100 bytes",
            "(exit code ");
  }
}
