package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.url.HttpUrl;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An event that a listener prints. */
class CallEventTest {
  @Test
  void showsNoQuery() {
    HttpUrl url = HttpUrl.parse("https://example.org/find?key=secret#secret");
    CallEvent event = new CallEvent(7, CallEvent.Kind.ANSWERED, url, Duration.ofMillis(12), "200");

    assertThat(event.toString())
        .isEqualTo("call 7 to https://example.org/find?***: answered 200 after 12 ms");
  }
}
