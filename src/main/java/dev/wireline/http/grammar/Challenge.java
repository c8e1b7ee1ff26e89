package dev.wireline.http.grammar;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server or proxy asks of a client before it lets it in (RFC 9110 section 11.3). Immutable.
 *
 * @param scheme the scheme as it was spelled; its case does not matter
 * @param token68 the single value of a scheme without parameters, or null
 * @param parameters the parameters, their names in lower case, in order
 */
public record Challenge(String scheme, @Nullable String token68, Map<String, String> parameters) {
  /**
   * Whether the scheme is the named one, in any case of its letters.
   *
   * @param name the name of a scheme
   * @return true if it is
   */
  public boolean isOf(String name) {
    return scheme.equalsIgnoreCase(name);
  }

  /**
   * The value of a parameter, without quotes.
   *
   * @param name the parameter's name in lower case
   * @return the value; null if it is missing
   */
  public @Nullable String parameter(String name) {
    return parameters.get(name);
  }
}
