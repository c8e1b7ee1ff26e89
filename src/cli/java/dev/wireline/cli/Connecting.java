package dev.wireline.cli;

import dev.wireline.http.Proxies;
import dev.wireline.net.Connector;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of all commands that dial: through what, how long, and whom to trust. */
final class Connecting {
  @Option(
      names = "--proxy",
      paramLabel = "URL",
      description = "Go through a proxy: http://, https:// or socks5h:// and host:port.")
  @Nullable
  String proxy;

  @Option(
      names = "--connect-timeout",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "The longest time to connect in, such as 5 or 300ms; 10 s unless set.")
  Duration connectTimeout = Dialer.CONNECT_TIMEOUT;

  @Option(
      names = "--silence-timeout",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "How long the server may say nothing.")
  @Nullable
  Duration silenceTimeout;

  @Option(
      names = "--cacert",
      paramLabel = "FILE",
      description = "Trust the certificates of this file in PEM, and no others.")
  @Nullable
  Path authorities;

  @Option(
      names = "--trust-key",
      paramLabel = "PIN",
      description = "Trust a server by its key alone, whatever its certificate says;"
          + " wireline probe shows the pin.")
  List<String> keys = new ArrayList<>();

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      description = "A client certificate in PEM; --key has its key.")
  @Nullable
  Path certificate;

  @Option(names = "--key", paramLabel = "FILE", description = "The key of the client certificate.")
  @Nullable
  Path key;

  /** Trust and times, without the proxy. */
  Dialer.Builder direct() throws IOException {
    Dialer.Builder dialer = Dialer.builder().tls(tls().build()).connectTimeout(connectTimeout);
    if (silenceTimeout != null) {
      dialer.silenceTimeout(silenceTimeout);
    }
    return dialer;
  }

  /** Through the proxy too, whatever the protocol is. */
  Dialer.Builder dialer() throws IOException {
    Dialer.Builder dialer = direct();
    if (proxy != null) {
      dialer.connector(connector(proxy));
    }
    return dialer;
  }

  private static Connector connector(String proxy) {
    return Proxies.of(proxy).proxyFor(HttpUrl.parse("http://target.invalid/")).orElseThrow();
  }

  /** The proxies of HTTP, which the environment may name. */
  Proxies proxies(Streams streams) {
    return proxy == null ? Proxies.fromEnvironment(streams.environment()) : Proxies.of(proxy);
  }

  Tls.Builder tls() throws IOException {
    Tls.Builder tls = Tls.builder();
    if (authorities != null) {
      tls.trust(authorities);
    }
    keys.forEach(tls::trustKey);
    if (certificate != null) {
      tls.clientCertificate(certificate, key == null ? certificate : key);
    }
    return tls;
  }
}
