package dev.wireline.fetch;

import dev.wireline.internal.Quoted;
import java.io.IOException;
import java.util.Objects;

/**
 * The resource does not exist: HTTP answered 404 or 410, FTP 550, or there is no such file. The cause is the
 * protocol's exception; FTP also answers 550 if permission is missing.
 */
public final class NotFoundException extends IOException {
  private static final long serialVersionUID = 1;

  /** The URL that was requested. */
  private final String url;

  /**
   * Creates the exception.
   *
   * @param url the URL, without user info; shown without its query
   * @param cause the protocol's exception
   */
  public NotFoundException(String url, IOException cause) {
    super(
        "nothing is at " + Quoted.text(shown(Objects.requireNonNull(url, "url"))) + ": "
            + Objects.requireNonNull(cause, "cause").getMessage(),
        cause);
    this.url = url;
  }

  private static String shown(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query + 1) + "***";
  }

  /**
   * The URL at which nothing was found.
   *
   * @return the URL, after redirects, without user info
   */
  public String url() {
    return url;
  }
}
