package dev.wireline.telnet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Set;

/** Variables in the encoding of RFC 1572. Immutable; no I/O. */
final class Environment {
  private static final int IS = 0;
  private static final int VAR = 0;
  private static final int VALUE = 1;
  private static final int ESC = 2;
  private static final int USERVAR = 3;

  /** The well-known variables (section 6). */
  private static final Set<String> KNOWN =
      Set.of("USER", "JOB", "ACCT", "PRINTER", "SYSTEMTYPE", "DISPLAY");

  private final Map<String, String> variables;

  Environment(Map<String, String> variables) {
    this.variables = variables;
  }

  /** The answer to a SEND whose list begins at an index: the named variables, or all. */
  byte[] answer(byte[] send, int from) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.write(IS);
    if (from >= send.length) {
      all(answer, VAR);
      all(answer, USERVAR);
    }
    int at = from;
    while (at < send.length) {
      int kind = send[at];
      ByteArrayOutputStream name = new ByteArrayOutputStream();
      at = name(send, at + 1, name);
      if (kind != VAR && kind != USERVAR) {
        continue;
      }
      if (name.size() == 0) {
        all(answer, kind);
      } else {
        one(answer, kind, name.toString(UTF_8));
      }
    }
    return answer.toByteArray();
  }

  /** Reads up to the next type byte. */
  private static int name(byte[] send, int from, ByteArrayOutputStream name) {
    int at = from;
    while (at < send.length && send[at] != VAR && send[at] != USERVAR) {
      if (send[at] == ESC && at + 1 < send.length) {
        at++;
      }
      name.write(send[at]);
      at++;
    }
    return at;
  }

  private void all(ByteArrayOutputStream answer, int kind) {
    for (String name : variables.keySet()) {
      if (kindOf(name) == kind) {
        one(answer, kind, name);
      }
    }
  }

  private static int kindOf(String name) {
    return KNOWN.contains(name) ? VAR : USERVAR;
  }

  /** A name without a value means that it is not defined. */
  private void one(ByteArrayOutputStream answer, int kind, String name) {
    answer.write(kind);
    text(answer, name);
    String value = variables.get(name);
    if (value != null && kindOf(name) == kind) {
      answer.write(VALUE);
      text(answer, value);
    }
  }

  private static void text(ByteArrayOutputStream answer, String text) {
    for (byte octet : text.getBytes(UTF_8)) {
      if (octet >= VAR && octet <= USERVAR) {
        answer.write(ESC);
      }
      answer.write(octet);
    }
  }
}
