package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.testing.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** To whom an agent shows its client certificate; the servers say whom they see. */
@Timeout(60)
class AgentClientCertificateTest {
  private Identity identity;
  private HttpsServer one;
  private HttpsServer two;

  @BeforeEach
  void start() throws Exception {
    identity = Identity.create("client");
    one = server();
    two = server();
  }

  @AfterEach
  void stop() {
    one.stop(0);
    two.stop(0);
  }

  /** Says whom it sees; its redirects lead where their query says. */
  private HttpsServer server() throws IOException {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpsServer server = HttpsServer.create(free, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(identity.serverContext()) {
      @Override
      public void configure(HttpsParameters parameters) {
        SSLParameters wanting = getSSLContext().getDefaultSSLParameters();
        wanting.setWantClientAuth(true);
        parameters.setSSLParameters(wanting);
      }
    });
    server.createContext("/", exchange -> {
      String to = exchange.getRequestURI().getQuery();
      byte[] seen = seen((HttpsExchange) exchange).getBytes(StandardCharsets.US_ASCII);
      if (to != null) {
        exchange.getResponseHeaders().add("Location", to);
      }
      exchange.sendResponseHeaders(to == null ? 200 : 302, seen.length);
      exchange.getResponseBody().write(seen);
      exchange.close();
    });
    server.start();
    return server;
  }

  private static String seen(HttpsExchange exchange) {
    try {
      return exchange.getSSLSession().getPeerPrincipal().getName();
    } catch (SSLPeerUnverifiedException e) {
      return "nobody";
    }
  }

  private static String origin(HttpsServer server) {
    return "https://localhost:" + server.getAddress().getPort();
  }

  private Tls trusting() {
    return Tls.builder().trust(identity.authority()).build();
  }

  private Tls known() {
    return trusting().toBuilder()
        .clientCertificate(identity.key(), identity.certificate(), identity.authority())
        .build();
  }

  private static HttpAgent.Builder agent(Tls tls) {
    Dialer dialer = Dialer.builder().tls(tls).build();
    return HttpAgent.builder().options(HttpOptions.builder().dialer(dialer).build());
  }

  @Test
  void showsTheCertificateOfTheWholeAgentToTheFirstOriginAlone() throws Exception {
    try (HttpAgent agent = agent(known()).build()) {
      assertThat(agent.get(origin(one)).text()).isEqualTo("CN=client");
      assertThat(agent.get(origin(two)).text()).isEqualTo("CN=client");

      assertThat(agent.get(origin(one) + "/?" + origin(two) + "/").text()).isEqualTo("nobody");
      assertThat(agent.get(origin(one) + "/?" + origin(one) + "/a").text()).isEqualTo("CN=client");
      String back = origin(two) + "/?" + origin(one) + "/b";
      assertThat(agent.get(origin(one) + "/?" + back).text()).isEqualTo("nobody");
      assertThat(agent.get(origin(two)).text()).isEqualTo("CN=client");
    }
  }

  @Test
  void showsTheCertificateOfAnOriginToThatOneAlone() throws Exception {
    try (HttpAgent agent = agent(trusting()).tls(origin(one) + "/any", known()).build()) {
      assertThat(agent.get(origin(one)).text()).isEqualTo("CN=client");
      assertThat(agent.get(origin(two)).text()).isEqualTo("nobody");

      assertThat(agent.get(origin(one) + "/?" + origin(two) + "/").text()).isEqualTo("nobody");
      assertThat(agent.get(origin(two) + "/?" + origin(one) + "/").text()).isEqualTo("CN=client");
      String back = origin(two) + "/?" + origin(one) + "/b";
      assertThat(agent.get(origin(one) + "/?" + back).text()).isEqualTo("nobody");
    }
  }

  @Test
  void refusesAnOriginWithoutTls() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpAgent.builder().tls("http://localhost/", trusting()))
        .withMessageContaining("https");
  }
}
