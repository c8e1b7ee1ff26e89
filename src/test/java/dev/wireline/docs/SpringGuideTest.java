package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.error.ClientClosedException;
import dev.wireline.http.HttpAgent;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The examples of docs/guide/spring.md. */
@Timeout(60)
class SpringGuideTest {
  // docs: spring-test
  @Test
  void readsTheTides() throws IOException {
    RawAnswer answer = RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ncalm");
    try (var server = RawServer.answering(answer);
        var context = new AnnotationConfigApplicationContext()) {
      String url = "http://" + server.endpoint().authority() + "/";
      context
          .getEnvironment()
          .getPropertySources()
          .addFirst(new MapPropertySource("test", Map.of("tides.url", url)));
      context.register(TidesConfiguration.class);
      context.refresh();

      assertThat(context.getBean(Tides.class).today()).isEqualTo("calm");
    }
  }
  // end: spring-test

  @Test
  void isClosedWithItsContext() {
    HttpAgent agent;
    try (var context = new AnnotationConfigApplicationContext()) {
      context
          .getEnvironment()
          .getPropertySources()
          .addFirst(new MapPropertySource("test", Map.of("tides.url", "http://127.0.0.1:9/")));
      context.register(TidesConfiguration.class);
      context.refresh();
      agent = context.getBean(HttpAgent.class);
    }

    assertThatExceptionOfType(ClientClosedException.class)
        .isThrownBy(() -> agent.get("http://127.0.0.1:9/"));
  }
}
