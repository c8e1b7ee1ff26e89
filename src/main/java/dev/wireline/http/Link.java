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
 * @param target the reference, as the server spelt it
 * @param url the URL that it means, without user info; empty where it is none with http or https, such as
 *     {@code mailto:}
 * @param relations the relation types, as they were spelt; may be none
 * @param parameters all parameters, {@code rel} too, without quotes, their names in lower case. {@code title}
 *     is that of {@code title*} where there is one. With {@code anchor} the link is one of another resource
 *     than that which was asked for
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
   * Whether the link is of a relation.
   *
   * @param relation the relation type, such as {@code next}, in any case
   * @return true where it is one of those of the link
   */
  public boolean is(String relation) {
    Objects.requireNonNull(relation, "relation");
    return relations.stream().anyMatch(relation::equalsIgnoreCase);
  }

  /** The links of a response, resolved against that URL where there is one. */
  static List<Link> all(Headers headers, Optional<HttpUrl> base) {
    List<LinkField> fields = LinkField.parse(headers.all("Link"));
    // The text of a field does not tell in which octets its targets came.
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

  /** The URL of a request that was made of a path. */
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
