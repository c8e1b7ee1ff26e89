package dev.wireline.sasl;

import java.util.List;

/** The mechanisms for a user and a password, best first. */
final class Preferred {
  static final List<String> IN_PRIVATE =
      List.of("SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "LOGIN", "CRAM-MD5");
  static final List<String> IN_THE_OPEN =
      List.of("SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN");

  private Preferred() {}

  static Sasl of(String name, String user, String password) {
    return switch (name) {
      case "SCRAM-SHA-256" -> Sasl.scramSha256(user, password);
      case "SCRAM-SHA-1" -> Sasl.scramSha1(user, password);
      case "CRAM-MD5" -> Sasl.cramMd5(user, password);
      case "PLAIN" -> Sasl.plain(user, password);
      default -> Sasl.login(user, password);
    };
  }
}
