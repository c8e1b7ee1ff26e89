package dev.wireline.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.gopher.Gopher;
import dev.wireline.gopher.GopherItem;
import dev.wireline.header.Headers;
import dev.wireline.line.Incoming;
import dev.wireline.line.QuestionOptions;
import dev.wireline.url.ServerUrl;
import java.io.IOException;
import java.util.List;

/**
 * gopher and gophers (RFC 4266). The first character of a path is the type of the item, the rest its selector,
 * with the words of a search after {@code %09}. Immutable.
 */
final class GopherScheme implements UrlScheme {
  private static final String MENU = "application/gopher-menu; charset=utf-8";

  private final QuestionOptions options;

  GopherScheme(UrlOpener.Builder settings) {
    this.options = settings.gopher;
  }

  @Override
  public Fetched open(String text) throws IOException {
    ServerUrl url = ServerUrl.parse(text, Gopher.PROTOCOL);
    UrlOpener.checkUserInfo(false, url.user());
    String path = url.target().startsWith("/") ? url.target().substring(1) : url.target();
    char type = path.isEmpty() ? '1' : path.charAt(0);
    if (type == '%') {
      throw new IllegalArgumentException(
          "the type of a Gopher URL is one character as it is (RFC 4266, section 2.1)");
    }
    String rest = path.isEmpty() ? "" : path.substring(1);
    String selector = UrlOpener.decoded("selector", rest, type == '7' ? "\t" : "");
    Endpoint place = url.endpoint();
    return switch (type) {
      case '0' -> whole(url, "text/plain; charset=utf-8", Gopher.text(place, selector, options));
      case '1' -> whole(url, MENU, lines(Gopher.menu(place, selector, options)));
      case '7' -> whole(url, MENU, lines(search(place, selector)));
      default -> stream(url, type, Gopher.open(place, selector, options));
    };
  }

  private List<GopherItem> search(Endpoint place, String selector) throws IOException {
    int tab = selector.indexOf('\t');
    return tab < 0
        ? Gopher.menu(place, selector, options)
        : Gopher.search(place, selector.substring(0, tab), selector.substring(tab + 1), options);
  }

  private Fetched whole(ServerUrl url, String type, String text) {
    return UrlOpener.inMemory(
        url.toString(), type, text.getBytes(UTF_8), url.endpoint(), options.lines(), () -> {});
  }

  private static Fetched stream(ServerUrl url, char type, Incoming content) {
    String media = switch (type) {
      case 'g' -> "image/gif";
      case 'h' -> "text/html";
      case '5', '9' -> "application/octet-stream";
      default -> "";
    };
    Headers info = media.isEmpty() ? Headers.empty() : Headers.of(UrlOpener.TYPE, media);
    return Fetched.of(url.toString(), info, content, () -> {});
  }

  private static String lines(List<GopherItem> items) {
    StringBuilder lines = new StringBuilder();
    for (GopherItem item : items) {
      lines.append(item.type()).append(item.text()).append('\t').append(item.selector());
      lines.append('\t').append(item.host()).append('\t').append(item.port()).append("\r\n");
    }
    return lines.toString();
  }
}
