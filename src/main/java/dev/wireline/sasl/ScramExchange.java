package dev.wireline.sasl;

import dev.wireline.internal.Ascii;
import dev.wireline.internal.Quoted;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/** One login by SCRAM (RFC 5802, section 5): two challenges, the second of which is the server's proof. */
final class ScramExchange implements SaslExchange {
  /** The fewest iterations accepted: those that RFC 7677, section 4, requires. */
  static final int MIN_ITERATIONS = 4096;

  /** The most iterations accepted: a server must not keep a client busy for minutes. */
  static final int MAX_ITERATIONS = 1_000_000;

  /** The longest challenge, in bytes. */
  static final int MAX_CHALLENGE_BYTES = 4096;

  /** No channel binding and no other identity: the header that both messages start with. */
  private static final String GS2_HEADER = "n,,";

  private final ScramHash hash;
  private final String password;
  private final String nonce;
  private final String bare;
  private int challenges;
  private boolean proven;
  private byte[] signature = {};

  ScramExchange(ScramHash hash, String user, String password, String nonce) {
    this.hash = hash;
    this.password = password;
    this.nonce = nonce;
    this.bare = "n=" + Credential.saslName(user) + ",r=" + nonce;
  }

  @Override
  public Optional<byte[]> initialResponse() {
    return Optional.of((GS2_HEADER + bare).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public byte[] respond(byte[] challenge) throws SaslException {
    String text = text(challenge);
    challenges++;
    return switch (challenges) {
      case 1 -> proof(text).getBytes(StandardCharsets.UTF_8);
      case 2 -> verified(text);
      default ->
        throw new SaslException(hash.mechanism() + " has two challenges, and this is the third");
    };
  }

  private static String text(byte[] challenge) throws SaslException {
    if (challenge.length > MAX_CHALLENGE_BYTES) {
      throw new SaslException(
          "a challenge must not be longer than " + MAX_CHALLENGE_BYTES + " bytes");
    }
    return new String(challenge, StandardCharsets.UTF_8);
  }

  /** The client's final message, in answer to the server's first: {@code r=NONCE,s=SALT,i=ITERATIONS}. */
  private String proof(String first) throws SaslException {
    String[] parts = first.split(",", 4);
    if (parts.length < 3) {
      throw malformed("holds r=, s= and i= in this order", first);
    }
    String all = value(parts[0], "r=", first);
    if (!all.startsWith(nonce) || all.length() == nonce.length()) {
      throw malformed("repeats the client's nonce and adds to it", first);
    }
    byte[] salt = decoded(value(parts[1], "s=", first), first);
    int iterations = iterations(value(parts[2], "i=", first), first);
    return signed(first, all, hash.salted(password, salt, iterations));
  }

  private String signed(String first, String all, byte[] salted) {
    String binding =
        Base64.getEncoder().encodeToString(GS2_HEADER.getBytes(StandardCharsets.UTF_8));
    String unproven = "c=" + binding + ",r=" + all;
    String signed = bare + "," + first + "," + unproven;
    byte[] clientKey = hash.keyed(salted, "Client Key");
    byte[] proof = ScramHash.xor(clientKey.clone(), hash.keyed(hash.hash(clientKey), signed));
    signature = hash.keyed(hash.keyed(salted, "Server Key"), signed);
    return unproven + ",p=" + Base64.getEncoder().encodeToString(proof);
  }

  /** Checks the server's final message: {@code v=SIGNATURE}, or {@code e=} and the reason for a refusal. */
  private byte[] verified(String last) throws SaslException {
    if (last.startsWith("e=")) {
      throw new SaslException("the server refused the login: " + Quoted.text(last.substring(2)));
    }
    byte[] shown = decoded(value(last.split(",", 2)[0], "v=", last), last);
    if (!MessageDigest.isEqual(shown, signature)) {
      throw new SaslException("the server does not know the password: its signature is wrong"
          + " (RFC 5802, section 5.1)");
    }
    proven = true;
    return new byte[0];
  }

  @Override
  public void complete() throws SaslException {
    if (!proven) {
      throw new SaslException(
          "the server said that the login succeeded without proving that it knows"
              + " the password (RFC 5802, section 5)");
    }
  }

  private static String value(String part, String name, String whole) throws SaslException {
    if (!part.startsWith(name)) {
      throw malformed("has " + name + " in its place", whole);
    }
    return part.substring(name.length());
  }

  private static byte[] decoded(String base64, String whole) throws SaslException {
    try {
      byte[] decoded = Base64.getDecoder().decode(base64);
      if (decoded.length > 0) {
        return decoded;
      }
    } catch (IllegalArgumentException e) {
      // Reported below: invalid Base64 and an empty value are the same fault.
    }
    throw malformed("has its salt and its signature in Base64", whole);
  }

  private static int iterations(String digits, String whole) throws SaslException {
    long count = Ascii.decimal(digits, MAX_ITERATIONS);
    if (count < MIN_ITERATIONS || count > MAX_ITERATIONS) {
      throw malformed(
          "asks for " + MIN_ITERATIONS + " to " + MAX_ITERATIONS + " iterations", whole);
    }
    return (int) count;
  }

  private static SaslException malformed(String rule, String challenge) {
    return new SaslException(
        "a challenge of SCRAM " + rule + " (RFC 5802, section 5.1), not " + Quoted.text(challenge));
  }
}
