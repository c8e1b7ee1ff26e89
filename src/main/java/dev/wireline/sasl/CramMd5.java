package dev.wireline.sasl;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** CRAM-MD5 (RFC 2195): the challenge, keyed with the password. Immutable. */
final class CramMd5 implements Sasl {
  private final String user;
  private final String password;

  CramMd5(String user, String password) {
    this.user = user;
    this.password = password;
  }

  @Override
  public String name() {
    return "CRAM-MD5";
  }

  @Override
  public boolean revealsSecret() {
    return false;
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
    private boolean asked;

    @Override
    public Optional<byte[]> initialResponse() {
      return Optional.empty();
    }

    @Override
    public byte[] respond(byte[] challenge) throws SaslException {
      if (asked) {
        throw new SaslException("CRAM-MD5 has one challenge, and this is the second");
      }
      asked = true;
      byte[] digest = new Hmac("HmacMD5", password.getBytes(StandardCharsets.UTF_8)).of(challenge);
      return (user + " " + HexFormat.of().formatHex(digest)).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void complete() throws SaslException {
      if (!asked) {
        throw new SaslException("the server accepted a CRAM-MD5 login without a challenge");
      }
    }
  }
}
