package dev.wireline.whois;

import dev.wireline.endpoint.Endpoint;
import java.util.Objects;
import java.util.Optional;

/** What a whois server said. Immutable; all of it is foreign. */
public final class WhoisAnswer {
  private final Endpoint server;
  private final byte[] bytes;
  private final String text;

  WhoisAnswer(Endpoint server, byte[] bytes, String text) {
    this.server = Objects.requireNonNull(server, "server");
    this.bytes = bytes;
    this.text = text;
  }

  /**
   * Who said it.
   *
   * @return the server
   */
  public Endpoint server() {
    return server;
  }

  /**
   * The answer as it came, for a charset of your own: the protocol names none.
   *
   * @return a copy of the bytes
   */
  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * The answer in the charset of the options; what is not text in it is read as ISO-8859-1.
   *
   * @return the text, with its line ends
   */
  public String text() {
    return text;
  }

  /**
   * The server that knows more, in a line such as {@code refer: whois.example} or {@code Registrar WHOIS
   * Server: whois.example}. One at an address, on this host, or at a port below 1024 other than 43 is none:
   * whoever fills in an entry must not choose whom you dial. Which address a name has is not looked at, here as in
   * redirects of HTTP: where it could be one of your network, give the dialer a {@link dev.wireline.net.Resolver}
   * that leaves those out.
   *
   * @return the first such server that the answer names
   */
  public Optional<Endpoint> referral() {
    return Referrals.in(text);
  }

  /**
   * Who said how much.
   *
   * @return text for people to read
   */
  @Override
  public String toString() {
    return bytes.length + " bytes of " + server;
  }
}
