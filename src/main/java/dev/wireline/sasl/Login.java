package dev.wireline.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The mechanism LOGIN: the user for the first challenge, the password for the second. Immutable. */
final class Login implements Sasl {
  private final String user;
  private final String password;

  Login(String user, String password) {
    this.user = user;
    this.password = password;
  }

  @Override
  public String name() {
    return "LOGIN";
  }

  @Override
  public boolean revealsSecret() {
    return true;
  }

  @Override
  public SaslExchange start() {
    return new Run();
  }

  @Override
  public String toString() {
    return name();
  }

  private final class Run implements SaslExchange {
    private int asked;

    @Override
    public Optional<byte[]> initialResponse() {
      return Optional.empty();
    }

    @Override
    public byte[] respond(byte[] challenge) throws SaslException {
      asked++;
      if (asked > 2) {
        throw new SaslException("LOGIN has two challenges, and this is the third");
      }
      return (asked == 1 ? user : password).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void complete() throws SaslException {
      if (asked < 2) {
        throw new SaslException("the server accepted a LOGIN without asking for the password");
      }
    }
  }
}
