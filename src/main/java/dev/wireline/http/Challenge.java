package dev.wireline.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server or proxy asks of a client before it lets it in (RFC 9110 section 11.3). Immutable.
 *
 * @param scheme the scheme as it was spelt; its case does not matter
 * @param token68 the one value of schemes that have no parameters, or null
 * @param parameters the parameters, their names in lower case, in order
 */
record Challenge(String scheme, @Nullable String token68, Map<String, String> parameters) {

  boolean isOf(String name) {
    return scheme.equalsIgnoreCase(name);
  }

  /** The value of a parameter by its lower-case name, without quotes; null where it is missing. */
  @Nullable
  String parameter(String name) {
    return parameters.get(name);
  }
}
