package dev.wireline.telnet;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.endpoint.Protocol;
import dev.wireline.line.LineClient;
import java.io.IOException;
import java.util.Objects;

/**
 * A Telnet client (RFC 854): lines and prompts, without the Telnet commands and options between them.
 *
 * <pre>{@code
 * try (var telnet = new TelnetClient("router.example")) {
 *   Expect expect = Expect.of(telnet);
 *   expect.text("login: ");
 *   telnet.writeLine("ann");
 *   expect.text("Password: ");
 *   Message.of().secretLine(password).writeTo(telnet);
 *   expect.text("$ ");
 * }
 * }</pre>
 *
 * <p>Callers may use the lines, since lines are the protocol. If the peer asks for one of the {@link
 * TelnetFeature}s, the {@link TelnetOptions} decide; any other option is refused (RFC 1143). Answers are sent
 * with the next read or write. The client does not start negotiations by itself, since the port may speak
 * another protocol.
 *
 * <p>{@code IAC} is doubled both ways, and a CR that does not end a line is followed by a NUL, unless the side
 * sends {@link TelnetFeature#BINARY}. A password is sent in the clear unless the endpoint is {@code tls://}.
 *
 * <p>One thread may read while another writes, as with any {@link LineClient}.
 */
public final class TelnetClient extends LineClient {
  /** The ports: 23, with TLS 992. */
  public static final Protocol PROTOCOL = new Protocol("telnet", 23, "telnets", 992);

  private final TelnetOptions options;
  private volatile NvtLayer layer;

  /**
   * A client with the default options.
   *
   * @param endpoint {@code host}, {@code host:port} or {@code tls://host:port}
   * @throws IllegalArgumentException if it is not a valid endpoint
   */
  public TelnetClient(String endpoint) {
    this(
        Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint"), PROTOCOL),
        TelnetOptions.standard());
  }

  /**
   * A client.
   *
   * @param endpoint the server
   * @param options the line settings, and what the client says about itself
   */
  public TelnetClient(Endpoint endpoint, TelnetOptions options) {
    super(endpoint, Objects.requireNonNull(options, "options").lines());
    this.options = options;
    this.layer = new NvtLayer(options);
  }

  @Override
  protected void greet() throws IOException {
    NvtLayer fresh = new NvtLayer(options);
    layer(fresh);
    layer = fresh;
  }

  /**
   * Offers to turn a feature on at this side: WILL. Sends nothing if it is on. Dials first if necessary.
   *
   * @param feature the feature
   * @throws IOException as {@link LineClient#writeLine(String)}
   */
  public void offer(TelnetFeature feature) throws IOException {
    want(feature, true, true);
  }

  /**
   * Turns a feature off at this side: WONT. Sends nothing if it is off.
   *
   * @param feature the feature
   * @throws IOException as {@link LineClient#writeLine(String)}
   */
  public void withdraw(TelnetFeature feature) throws IOException {
    want(feature, true, false);
  }

  /**
   * Asks the peer to turn a feature on at its side: DO. Sends nothing if it is on.
   *
   * @param feature the feature
   * @throws IOException as {@link LineClient#writeLine(String)}
   */
  public void demand(TelnetFeature feature) throws IOException {
    want(feature, false, true);
  }

  /**
   * Tells the peer to turn a feature off at its side: DONT. Sends nothing if it is off.
   *
   * @param feature the feature
   * @throws IOException as {@link LineClient#writeLine(String)}
   */
  public void forbid(TelnetFeature feature) throws IOException {
    want(feature, false, false);
  }

  private void want(TelnetFeature feature, boolean here, boolean on) throws IOException {
    Objects.requireNonNull(feature, "feature");
    say(negotiation -> negotiation.want(feature, here, on));
  }

  /**
   * Whether a feature is on at this side, according to what has been read.
   *
   * @param feature the feature
   * @return whether both agreed on it
   */
  public boolean isOnHere(TelnetFeature feature) {
    return layer.isOn(Objects.requireNonNull(feature, "feature"), true);
  }

  /**
   * Whether a feature is on at the peer's side, according to what has been read. A peer with {@link
   * TelnetFeature#ECHO} echoes input itself; it also turns it on before a password, and then echoes nothing.
   *
   * @param feature the feature
   * @return whether both agreed on it
   */
  public boolean isOnThere(TelnetFeature feature) {
    return layer.isOn(Objects.requireNonNull(feature, "feature"), false);
  }

  /**
   * Tells the peer the size of the window, now if it has asked for it, or else once it asks.
   *
   * @param columns 1 to 65535
   * @param rows 1 to 65535
   * @throws IllegalArgumentException if one is out of range; nothing was sent
   * @throws IOException as {@link LineClient#writeLine(String)}
   */
  public void window(int columns, int rows) throws IOException {
    TelnetOptions.checkedSize(columns);
    TelnetOptions.checkedSize(rows);
    say(negotiation -> negotiation.window(columns, rows));
  }

  /**
   * Sends a command.
   *
   * @param command the command
   * @throws IOException as {@link LineClient#writeLine(String)}
   */
  public void send(TelnetCommand command) throws IOException {
    Objects.requireNonNull(command, "command");
    say(negotiation -> negotiation.command(command));
  }

  private void say(NvtLayer.Step step) throws IOException {
    connect();
    layer.run(step);
    // An empty write makes the layer send what it has.
    output().write(new byte[0]);
  }
}
