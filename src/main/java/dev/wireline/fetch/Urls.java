package dev.wireline.fetch;

import java.io.IOException;

/**
 * Opens URLs of any scheme with the default settings.
 *
 * <pre>{@code
 * try (var page = Urls.open("gopher://gopher.example/0/about")) {
 *   page.text();
 * }
 * }</pre>
 *
 * <p>The schemes are http, https, ftp, ftps, gopher, gophers and data. For files, user info and your own
 * schemes use a {@link UrlOpener}. Thread-safe.
 */
public final class Urls {
  private static final UrlOpener STANDARD = builder().build();

  private Urls() {}

  /**
   * Opens a URL.
   *
   * @param url the URL
   * @return the resource, which the caller closes
   * @throws IllegalArgumentException as {@link UrlOpener#open}
   * @throws NotFoundException as {@link UrlOpener#open}
   * @throws IOException as {@link UrlOpener#open}
   */
  public static Fetched open(String url) throws IOException {
    return STANDARD.open(url);
  }

  /** {@return a builder that starts at the defaults} */
  public static UrlOpener.Builder builder() {
    return new UrlOpener.Builder();
  }
}
