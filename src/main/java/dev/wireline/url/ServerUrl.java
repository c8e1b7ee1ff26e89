package dev.wireline.url;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.endpoint.Protocol;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An absolute URL of any protocol with a server, such as FTP or Gopher (RFC 3986, section 3.2). For HTTP use
 * {@link HttpUrl}, which parses hosts and user info by the same rules.
 *
 * <p>Path, query and fragment stay as they were written; {@link PercentCoding} decodes them. User info appears
 * only in {@link #user} and {@link #password}. Immutable.
 */
public final class ServerUrl {
  private final String scheme;
  private final Endpoint endpoint;
  private final @Nullable UserInfo userInfo;
  private final UrlTail tail;

  ServerUrl(String scheme, Endpoint endpoint, @Nullable UserInfo userInfo, UrlTail tail) {
    this.scheme = scheme;
    this.endpoint = endpoint;
    this.userInfo = userInfo;
    this.tail = tail;
  }

  /**
   * Parses an absolute URL.
   *
   * @param text such as {@code ftp://files.example/pub/a.iso}; the scheme in any case
   * @param protocol the schemes, with their default ports
   * @return the URL
   * @throws IllegalArgumentException if it is not a valid URL with one of these schemes; the message says what
   *     is wrong and at which index, but shows neither user info nor query
   */
  public static ServerUrl parse(String text, Protocol protocol) {
    Objects.requireNonNull(text, "text");
    return UrlParser.parse(text, Objects.requireNonNull(protocol, "protocol"));
  }

  /**
   * The endpoint to dial for the URL.
   *
   * @return host and port, with TLS for the scheme that has it
   */
  public Endpoint endpoint() {
    return endpoint;
  }

  /**
   * The path.
   *
   * @return the path as written; an empty string if there was none
   */
  public String path() {
    return tail.path();
  }

  /**
   * Path and query: everything that concerns the server.
   *
   * @return both as written, without the fragment
   */
  public String target() {
    return tail.target();
  }

  /**
   * The name in the user info.
   *
   * @return as {@link HttpUrl#user}
   */
  public Optional<String> user() {
    return Optional.ofNullable(userInfo).map(UserInfo::user);
  }

  /**
   * The password in the user info.
   *
   * @return as {@link HttpUrl#password}
   */
  public Optional<String> password() {
    return Optional.ofNullable(userInfo).map(UserInfo::password);
  }

  @Nullable
  UserInfo userInfo() {
    return userInfo;
  }

  UrlTail tail() {
    return tail;
  }

  /**
   * The URL without user info and fragment.
   *
   * @return such as {@code ftp://files.example/pub/a.iso}
   */
  @Override
  public String toString() {
    return scheme + "://" + endpoint.authority() + tail.target();
  }
}
