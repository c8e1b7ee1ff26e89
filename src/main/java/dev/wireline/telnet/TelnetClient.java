package dev.wireline.telnet;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.endpoint.Protocol;
import dev.wireline.line.LineClient;
import java.io.IOException;
import java.util.Objects;

/**
 * A client of Telnet (RFC 854): lines and prompts, with its commands and options taken out of them.
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
 * <p>Lines are the protocol, and so they are for everybody. What the peer wants of the {@link TelnetFeature}s it
 * gets as the {@link TelnetOptions} say, and each other option is refused (RFC 1143). Answers leave with the next
 * read or write. The client asks for nothing by itself: a port may be one of another protocol.
 *
 * <p>{@code IAC} is doubled both ways, and a CR that ends no line has a NUL behind it, unless the side sends
 * {@link TelnetFeature#BINARY}. A password goes in the clear unless the endpoint is {@code tls://}.
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
   * @param endpoint where
   * @param options the settings of the lines, and what the client says of itself
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
   * Says that this side wants to turn a feature on: WILL. Says nothing if it is on. Dials at the first use.
   *
   * @param feature the feature
   * @throws IOException as {@link LineClient#writeLine(String)}
   */
  public void offer(TelnetFeature feature) throws IOException {
    want(feature, true, true);
  }

  /**
   * Says that this side turns a feature off: WONT. Says nothing if it is off.
   *
   * @param feature the feature
   * @throws IOException as {@link LineClient#writeLine(String)}
   */
  public void withdraw(TelnetFeature feature) throws IOException {
    want(feature, true, false);
  }

  /**
   * Asks the peer to turn a feature on at its side: DO. Says nothing if it is on.
   *
   * @param feature the feature
   * @throws IOException as {@link LineClient#writeLine(String)}
   */
  public void demand(TelnetFeature feature) throws IOException {
    want(feature, false, true);
  }

  /**
   * Tells the peer to turn a feature off at its side: DONT. Says nothing if it is off.
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
   * Whether a feature is on at this side, as far as was read.
   *
   * @param feature the feature
   * @return whether both agreed on it
   */
  public boolean isOnHere(TelnetFeature feature) {
    return layer.isOn(Objects.requireNonNull(feature, "feature"), true);
  }

  /**
   * Whether a feature is on at the peer's side, as far as was read. A peer with {@link TelnetFeature#ECHO} shows
   * what is typed itself; it turns it on before a password too, and then shows nothing.
   *
   * @param feature the feature
   * @return whether both agreed on it
   */
  public boolean isOnThere(TelnetFeature feature) {
    return layer.isOn(Objects.requireNonNull(feature, "feature"), false);
  }

  /**
   * Tells the peer the size of the window, now if it wants to know it, or when it does.
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
    // A write of nothing has the layer say what it has to say.
    output().write(new byte[0]);
  }
}
