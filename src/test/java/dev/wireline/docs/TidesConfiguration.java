package dev.wireline.docs;

// docs: spring-bean
import dev.wireline.http.HttpAgent;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One agent for the whole program; Spring calls its close() when the context ends. */
@Configuration(proxyBeanMethods = false)
public class TidesConfiguration {
  @Bean
  HttpAgent agent(@Value("${tides.url}") String url) {
    return HttpAgent.builder().base(url).build();
  }

  @Bean
  Tides tides(HttpAgent agent) {
    return new Tides(agent);
  }
}
// end: spring-bean
