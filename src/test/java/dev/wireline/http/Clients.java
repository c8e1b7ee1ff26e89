package dev.wireline.http;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.testing.RawServer;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** Clients with the settings that tests need. */
final class Clients {
  private Clients() {}

  /** A client that trusts the certificate of the server. */
  static HttpClient trusting(RawServer server) {
    return new HttpClient(server.endpoint(), trusting(server.clientContext()).build());
  }

  static HttpOptions.Builder trusting(SSLContext context) {
    Tls tls = Tls.builder().context(context).build();
    return HttpOptions.builder().dialer(Dialer.builder().tls(tls).build());
  }

  /** A client that gives a silent peer up soon. */
  static HttpClient impatient(Endpoint endpoint, Duration silence) {
    return new HttpClient(endpoint, silence(silence).build());
  }

  static HttpOptions.Builder silence(Duration silence) {
    return HttpOptions.builder().dialer(Dialer.builder().silenceTimeout(silence).build());
  }
}
