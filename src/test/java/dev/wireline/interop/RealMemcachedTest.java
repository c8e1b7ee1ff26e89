package dev.wireline.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.examples.Memcached;
import dev.wireline.line.LineOptions;
import dev.wireline.line.ReplyException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The example of memcached with memcached. */
@Tag("interop")
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealMemcachedTest {
  private RealServer server;

  @BeforeAll
  void startServer() throws IOException {
    server = LineServers.memcached();
  }

  @AfterAll
  void stopServer() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private Memcached client() {
    return new Memcached(server.endpoint(), LineOptions.standard());
  }

  @Test
  void storesFindsAndRemoves() throws IOException {
    byte[] value = "two\r\nlines\r\n".getBytes(UTF_8);
    try (Memcached cache = client()) {
      cache.set("grüße", value);
      cache.set("empty", new byte[0]);

      assertThat(cache.get("grüße")).hasValue(value);
      assertThat(cache.get(List.of("grüße", "none", "empty", "empty")))
          .containsOnlyKeys("grüße", "empty");
      assertThat(cache.delete("grüße")).isTrue();
      assertThat(cache.delete("grüße")).isFalse();
      assertThat(cache.get("grüße")).isEmpty();
    }
  }

  @Test
  void counts() throws IOException {
    try (Memcached cache = client()) {
      assertThat(cache.increment("visits", 1)).isEmpty();
      cache.set("visits", "41".getBytes(UTF_8));

      assertThat(cache.increment("visits", 1)).hasValue(42);
      assertThat(cache.increment("visits", -2)).hasValue(40);
      assertThat(cache.increment("visits", -41)).hasValue(-1);
    }
  }

  @Test
  void goesOnAfterARefusal() throws IOException {
    try (Memcached cache = client()) {
      assertThatExceptionOfType(ReplyException.class)
          .isThrownBy(() -> cache.set("large", new byte[2 << 20]))
          .withMessageContaining("SERVER_ERROR object too large");
      cache.set("name", "ann".getBytes(UTF_8));
      assertThatExceptionOfType(ReplyException.class)
          .isThrownBy(() -> cache.increment("name", 1))
          .withMessageContaining("CLIENT_ERROR cannot increment");

      assertThat(cache.get("name")).hasValue("ann".getBytes(UTF_8));
    }
  }

  @Test
  void takesTheLongestKey() throws IOException {
    String longest = "k".repeat(250);
    try (Memcached cache = client()) {
      cache.set(longest, new byte[] {1});

      assertThat(cache.get(longest)).hasValue(new byte[] {1});
    }
  }
}
