package dev.wireline.whois;

import dev.wireline.endpoint.Endpoint;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds in an answer the server that knows more. No I/O. */
final class Referrals {
  private static final Set<String> KEYS =
      Set.of("refer", "whois", "whois server", "registrar whois server", "referralserver");
  private static final String SCHEME = "whois://";
  private static final int LEAST_FREE_PORT = 1024;

  private Referrals() {}

  static Optional<Endpoint> in(String text) {
    return text.lines().flatMap(line -> ofLine(line).stream()).findFirst();
  }

  private static Optional<Endpoint> ofLine(String line) {
    int colon = line.indexOf(':');
    boolean refers =
        colon > 0 && KEYS.contains(line.substring(0, colon).strip().toLowerCase(Locale.ROOT));
    return refers ? server(line.substring(colon + 1).strip()) : Optional.empty();
  }

  private static Optional<Endpoint> server(String named) {
    String place = named.startsWith(SCHEME) ? named.substring(SCHEME.length()) : named;
    try {
      Endpoint server = Endpoint.parse(place, Whois.PORT);
      return isFair(server) ? Optional.of(server) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isFair(Endpoint server) {
    boolean elsewhere = !server.isLocal() && !server.isAddress() && !server.isTls();
    return elsewhere
        && server.host().indexOf('.') > 0
        && (server.port() == Whois.PORT || server.port() >= LEAST_FREE_PORT);
  }
}
