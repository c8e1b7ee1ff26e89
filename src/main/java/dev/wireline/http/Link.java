package dev.wireline.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.header.Headers;
import dev.wireline.http.grammar.LinkField;
import dev.wireline.url.HttpUrl;
import dev.wireline.url.Location;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A link of a Link field (RFC 8288). Immutable.
 *
 * @param target the reference, as the server spelled it
 * @param url the resolved URL, without user info; empty if it is not an http or https URL, such as {@code
 *     mailto:}
 * @param relations the relation types, as they were spelled; may be empty
 * @param parameters all parameters including {@code rel}, without quotes, by lower-case name. {@code title} is
 *     the value of {@code title*} if there is one. A link with {@code anchor} belongs to another resource than
 *     the one requested
 */
public record Link(
    String target, Optional<HttpUrl> url, List<String> relations, Map<String, String> parameters) {
  /**
   * A link.
   *
   * @param target as above
   * @param url as above
   * @param relations as above
   * @param parameters as above
   */
  public Link {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(url, "url");
    relations = List.copyOf(Objects.requireNonNull(relations, "relations"));
    Objects.requireNonNull(parameters, "parameters");
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /**
   * Whether the link has a relation type.
   *
   * @param relation the relation type, such as {@code next}, in any case
   * @return true if the link has it
   */
  public boolean is(String relation) {
    Objects.requireNonNull(relation, "relation");
    return relations.stream().anyMatch(relation::equalsIgnoreCase);
  }

  /** The links of a response, resolved against that URL if there is one. */
  static List<Link> all(Headers headers, Optional<HttpUrl> base) {
    List<LinkField> fields = LinkField.parse(headers.all("Link"));
    // The text of a field does not say in which octets its targets came.
    List<String> lines = headers.octets("Link").stream()
        .map(line -> new String(line, ISO_8859_1))
        .toList();
    List<LinkField> octets = LinkField.parse(lines);
    List<Link> links = new ArrayList<>(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      links.add(of(fields.get(i), octets.get(i).target().getBytes(ISO_8859_1), base));
    }
    return links;
  }

  private static Link of(LinkField field, byte[] target, Optional<HttpUrl> base) {
    String types = field.parameters().getOrDefault("rel", "");
    List<String> relations =
        Arrays.stream(types.split(" ", -1)).filter(type -> !type.isEmpty()).toList();
    return new Link(field.target(), url(target, base), relations, field.parameters());
  }

  private static Optional<HttpUrl> url(byte[] target, Optional<HttpUrl> base) {
    try {
      String reference = Location.reference(target);
      HttpUrl url = base.isPresent() ? base.get().resolve(reference) : HttpUrl.parse(reference);
      return Optional.of(url.withoutUserInfo());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The URL of a request created from a path. */
  static Optional<HttpUrl> base(Endpoint origin, HttpRequest request) {
    String scheme = origin.isTls() ? "https://" : "http://";
    String path = request.target().startsWith("/") ? request.target() : "/";
    try {
      return Optional.of(HttpUrl.parse(scheme + origin.authority() + path));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
