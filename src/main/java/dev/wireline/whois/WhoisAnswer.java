package dev.wireline.whois;

import dev.wireline.endpoint.Endpoint;
import java.util.Objects;
import java.util.Optional;

/** The answer of a whois server. Immutable; all of it is text from the server. */
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
   * The server that answered.
   *
   * @return the server
   */
  public Endpoint server() {
    return server;
  }

  /**
   * The answer as it came, to decode it yourself: the protocol names no charset.
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
   * The server that knows more, from a line such as {@code refer: whois.example} or {@code Registrar WHOIS
   * Server: whois.example}. A referral to an address, to this host, or to a port below 1024 other than 43 is
   * ignored: whoever writes an entry must not choose what you dial. The address of a name is not checked, just
   * as in HTTP redirects: if it could be in your own network, give the dialer a {@link
   * dev.wireline.net.Resolver} that leaves such addresses out.
   *
   * @return the first such server that the answer names
   */
  public Optional<Endpoint> referral() {
    return Referrals.in(text);
  }

  /**
   * The server and the size of its answer.
   *
   * @return text for people to read
   */
  @Override
  public String toString() {
    return bytes.length + " bytes of " + server;
  }
}
