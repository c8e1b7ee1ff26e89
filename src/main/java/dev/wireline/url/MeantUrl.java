package dev.wireline.url;

import dev.wireline.internal.Ascii;
import dev.wireline.internal.Quoted;

/** Guesses what a text without http:// or https:// was meant to be, for messages only. */
final class MeantUrl {
  private MeantUrl() {}

  /**
   * A guess.
   *
   * @param text the text up to its query or fragment
   * @return the URL that was probably meant, quoted; an empty string if there is no good guess
   */
  static String of(String text) {
    int scheme = text.indexOf("://");
    if (scheme > 0) {
      return ofScheme(text.substring(0, scheme), text.substring(scheme));
    }
    if (text.startsWith("//")) {
      return Quoted.text("https:" + text);
    }
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    return ofHost(host, text);
  }

  /** For schemes such as htps or hhtp; any other scheme is probably what was meant. */
  private static String ofScheme(String scheme, String rest) {
    if (scheme.isEmpty() || Ascii.lower(scheme.charAt(0)) != 'h') {
      return "";
    }
    boolean secure = scheme.indexOf('s') >= 0 || scheme.indexOf('S') >= 0;
    return Quoted.text((secure ? "https" : "http") + rest);
  }

  private static String ofHost(String host, String text) {
    int colon = host.lastIndexOf(':');
    long port = colon < 0 ? 0 : Ascii.decimal(host.substring(colon + 1), 65_535);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (host.isEmpty() || (port < 0 && !bracketed)) {
      return "";
    }
    boolean named = host.indexOf('.') > 0 || colon > 0 || host.equals("localhost");
    if (!named) {
      return Quoted.text("https://" + text) + ", or the path " + Quoted.text("/" + text) + ",";
    }
    boolean near = host.startsWith("localhost") || host.startsWith("127.") || bracketed;
    boolean plain = port == 443 ? false : near || port > 0;
    return Quoted.text((plain ? "http://" : "https://") + text);
  }
}
