package dev.wireline.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A mechanism that is one message of the client. A challenge behind it tells why it failed: it is
 * answered with what the mechanism has for that, so that the server can say no. Immutable.
 */
final class SingleMessage implements Sasl {
  private final String name;
  private final boolean revealsSecret;
  private final String message;
  private final String afterFailure;

  SingleMessage(String name, boolean revealsSecret, String message, String afterFailure) {
    this.name = name;
    this.revealsSecret = revealsSecret;
    this.message = message;
    this.afterFailure = afterFailure;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean revealsSecret() {
    return revealsSecret;
  }

  @Override
  public SaslExchange start() {
    return new Run();
  }

  @Override
  public String toString() {
    return name;
  }

  private final class Run implements SaslExchange {
    private boolean failed;

    @Override
    public Optional<byte[]> initialResponse() {
      return Optional.of(message.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public byte[] respond(byte[] challenge) throws SaslException {
      if (failed) {
        throw new SaslException(name + " has at most one challenge, and this is the second");
      }
      failed = true;
      return afterFailure.getBytes(StandardCharsets.UTF_8);
    }

    /** The server has nothing to prove. */
    @Override
    public void complete() {}
  }
}
