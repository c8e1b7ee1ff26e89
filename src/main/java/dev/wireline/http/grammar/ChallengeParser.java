package dev.wireline.http.grammar;

import dev.wireline.internal.MalformedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of WWW-Authenticate, Proxy-Authenticate and the fields that confirm an answer (RFC
 * 9110 sections 11.3 and 11.6).
 *
 * <p>A comma separates challenges and also the parameters of one. The {@code =} after a name tells them apart:
 * {@code Basic realm="a", Digest realm="b", nonce="c"} are two challenges. The lines of a field form one list
 * (section 5.3), so a parameter may be on the line after its challenge; a quoted string ends on its own line.
 *
 * <p><b>Lenient:</b> a parameter's value may be a token or quoted, whatever its definition says, as section
 * 11.2 asks of recipients; one that is neither extends to the next comma, since some servers leave out the
 * quotes; and anything between a quoted value and the next comma is ignored. A challenge that violates the
 * grammar otherwise, or has a parameter twice, is ignored, and so is whatever exceeds a limit: credentials
 * answer only their own scheme, so no other challenge takes the place of the one that was lost.
 */
public final class ChallengeParser {
  static final int MAX_CHARS = 16 * 1024;
  static final int MAX_CHALLENGES = 20;
  static final int MAX_PARAMETERS = 30;

  private final List<Challenge> challenges = new ArrayList<>();
  private @Nullable String scheme;
  private @Nullable String token68;
  private Map<String, String> parameters = new LinkedHashMap<>();

  private ChallengeParser() {}

  /**
   * The challenges of all lines of a field.
   *
   * @param lines the values of the field
   * @return the challenges that could be read, in order; none of more than 16 Ki characters; the list
   *     cannot be changed
   */
  public static List<Challenge> challenges(List<String> lines) {
    ChallengeParser parser = new ChallengeParser();
    if (length(lines) <= MAX_CHARS) {
      lines.forEach(line -> parser.line(new FieldCursor(line)));
      parser.finish();
    }
    return Collections.unmodifiableList(parser.challenges);
  }

  /**
   * The parameters of a field that has these alone: Authentication-Info (RFC 7615 section 3).
   *
   * @param lines the values of the field
   * @return the parameters, their names in lower case, or none where one breaks the grammar; the map
   *     cannot be changed
   */
  public static Map<String, String> parameters(List<String> lines) {
    ChallengeParser parser = new ChallengeParser();
    try {
      for (String line : length(lines) <= MAX_CHARS ? lines : List.<String>of()) {
        FieldCursor in = new FieldCursor(line);
        for (in.skipGaps(); !in.atEnd(); in.skipGaps()) {
          parser.parameter(in, in.token());
          endElement(in);
        }
      }
    } catch (MalformedException e) {
      return Map.of();
    }
    return Collections.unmodifiableMap(parser.parameters);
  }

  private static long length(List<String> lines) {
    return lines.stream().mapToLong(String::length).sum();
  }

  private void line(FieldCursor in) {
    for (in.skipGaps(); !in.atEnd(); in.skipGaps()) {
      try {
        element(in);
      } catch (MalformedException e) {
        scheme = null;
        in.skipElement();
      }
    }
  }

  private void element(FieldCursor in) throws MalformedException {
    if (!in.atToken()) {
      // Belongs to no challenge: the one before it is complete.
      finish();
    }
    String name = in.token();
    int behind = in.position();
    in.skipBlanks();
    if (!in.at('=')) {
      begin(in, name, in.position() > behind);
    } else if (scheme == null || token68 != null) {
      throw in.broken("a parameter follows a scheme (RFC 9110 section 11.3)");
    } else {
      parameter(in, name);
    }
    in.skipElement();
  }

  /** Takes what follows a scheme, up to the next comma. */
  private void begin(FieldCursor in, String name, boolean blank) throws MalformedException {
    finish();
    scheme = name;
    if (in.atElementEnd()) {
      return;
    }
    if (!blank) {
      throw in.broken("a space follows a scheme (RFC 9110 section 11.3)");
    }
    token68 = in.token68OrNull();
    if (token68 == null) {
      parameter(in, in.token());
    }
  }

  private void parameter(FieldCursor in, String name) throws MalformedException {
    in.skipBlanks();
    if (!in.at('=')) {
      throw in.broken("a parameter has a value (RFC 9110 section 11.2)");
    }
    in.skip();
    in.skipBlanks();
    String value = in.at('"') ? in.quotedString() : in.bareValue();
    if (parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), value) != null) {
      throw in.broken("a parameter stands once in a challenge (RFC 9110 section 11.2)");
    }
    if (parameters.size() > MAX_PARAMETERS) {
      throw in.broken("a challenge has " + MAX_PARAMETERS + " parameters at most");
    }
  }

  private static void endElement(FieldCursor in) throws MalformedException {
    in.skipBlanks();
    if (!in.atElementEnd()) {
      throw in.broken("a comma stands between elements (RFC 9110 section 5.6.1)");
    }
  }

  private void finish() {
    String name = scheme;
    if (name != null && challenges.size() < MAX_CHALLENGES) {
      challenges.add(new Challenge(name, token68, Collections.unmodifiableMap(parameters)));
    }
    scheme = null;
    token68 = null;
    parameters = new LinkedHashMap<>();
  }
}
