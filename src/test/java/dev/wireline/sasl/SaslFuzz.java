package dev.wireline.sasl;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wireline.http.Holds;

/**
 * The challenges of a server, with LF between them: any is answered or refused, there is no end of them
 * that the server chooses, and no login is complete that the mechanism does not prove.
 *
 * <p>The first byte of an input chooses the mechanism.
 */
public final class SaslFuzz {
  private static final String NONCE = "rOprNGfwEbeRWgbNEkqO";
  private static final int MOST_CHALLENGES = 2;
  private static final int MAX_RESPONSE_BYTES = 3 * ScramExchange.MAX_CHALLENGE_BYTES;

  /** More of them only cost time here. */
  private static final int MAX_ITERATIONS_DIGITS = 4;

  private SaslFuzz() {}

  public static void check(byte[] input) {
    if (input.length == 0) {
      return;
    }
    String challenges = new String(input, 1, input.length - 1, ISO_8859_1);
    boolean scram = (input[0] & 7) > 5;
    if (!scram || !isCostly(challenges)) {
      talk(exchange(input[0] & 7), challenges.split("\n", -1), scram);
    }
  }

  private static boolean isCostly(String challenges) {
    int digits = 0;
    for (int at = challenges.indexOf(",i=") + 3; at < challenges.length(); at++) {
      if (challenges.charAt(at) < '0' || challenges.charAt(at) > '9') {
        break;
      }
      digits++;
    }
    return digits > MAX_ITERATIONS_DIGITS && digits < 8;
  }

  private static SaslExchange exchange(int which) {
    return switch (which) {
      case 0 -> Sasl.plain("user", "pencil").start();
      case 1 -> Sasl.login("user", "pencil").start();
      case 2 -> Sasl.cramMd5("user", "pencil").start();
      case 3 -> Sasl.xoauth2("user", "token").start();
      case 4 -> Sasl.oauthBearer("user", "token").start();
      case 5 -> Sasl.external("user").start();
      case 6 -> new Scram(ScramHash.SHA_1, "user", "pencil").start(NONCE);
      default -> new Scram(ScramHash.SHA_256, "user", "pencil").start(NONCE);
    };
  }

  private static void talk(SaslExchange exchange, String[] challenges, boolean scram) {
    int answered = 0;
    try {
      for (String challenge : challenges) {
        byte[] response = exchange.respond(challenge.getBytes(ISO_8859_1));
        Holds.that(response.length <= MAX_RESPONSE_BYTES, "a bounded response");
        answered++;
        Holds.that(answered <= MOST_CHALLENGES, "no more challenges than the mechanism has");
      }
      exchange.complete();
      Holds.that(!scram || challenges[answered - 1].startsWith("v="), "the server has proven it");
    } catch (SaslException e) {
      Holds.printable(e.toString());
    }
  }
}
