package dev.wireline.fetch;

import dev.wireline.internal.Quoted;
import java.io.IOException;
import java.util.Objects;

/**
 * Nothing is there: HTTP said 404 or 410, FTP 550, or there is no such file. The cause is what the protocol said; FTP
 * says 550 too if it is there and not for everybody.
 */
public final class NotFoundException extends IOException {
  private static final long serialVersionUID = 1;

  /** What was asked for. */
  private final String url;

  /**
   * Nothing is there.
   *
   * @param url the URL, without user info; shown without its query
   * @param cause what the protocol said
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
   * Where nothing is.
   *
   * @return the URL, after redirects, without user info
   */
  public String url() {
    return url;
  }
}
