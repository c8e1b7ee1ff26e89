package dev.wireline.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wireline.ftp.FtpClient;
import dev.wireline.ftp.FtpEntry;
import dev.wireline.ftp.FtpException;
import dev.wireline.ftp.FtpOptions;
import dev.wireline.header.Headers;
import dev.wireline.header.HttpDate;
import dev.wireline.line.Incoming;
import dev.wireline.url.ServerUrl;
import java.io.IOException;

/**
 * ftp and ftps (RFC 1738, section 3.2). Immutable.
 *
 * <p>A path is relative to the folder of the login; {@code %2F} at its start means the root. It is sent as one
 * name with slashes in it, and not as a CWD for each part, as RFC 1738 describes: that would cost a round trip
 * each and end at the same file.
 */
final class FtpScheme implements UrlScheme {
  private static final String TYPE = ";type=";

  private final FtpOptions options;
  private final boolean allowsUserInfo;

  FtpScheme(UrlOpener.Builder settings) {
    this.options = settings.ftp;
    this.allowsUserInfo = settings.allowsUserInfo;
  }

  @Override
  public Fetched open(String text) throws IOException {
    ServerUrl url = ServerUrl.parse(text, FtpClient.PROTOCOL);
    UrlOpener.checkUserInfo(allowsUserInfo, url.user());
    char type = type(url.target());
    String path = path(url.target());
    FtpClient client = new FtpClient(url.endpoint(), options);
    try {
      logIn(client, url);
      return type == 'd' ? folder(client, path, url) : file(client, path, type, url);
    } catch (FtpException e) {
      client.close();
      throw e.code() == 550 ? new NotFoundException(url.toString(), e) : e;
    } catch (Throwable e) {
      client.close();
      throw e;
    }
  }

  /** The type at the end of a path: a, i or d. */
  static char type(String target) {
    int at = target.lastIndexOf(TYPE);
    if (at < 0) {
      return target.isEmpty() || target.endsWith("/") ? 'd' : 'i';
    }
    String type = target.substring(at + TYPE.length());
    if (type.length() != 1 || "aidAID".indexOf(type.charAt(0)) < 0) {
      throw new IllegalArgumentException(
          "the type of an FTP URL is a, i or d (RFC 1738, section 3.2.2)");
    }
    return Character.toLowerCase(type.charAt(0));
  }

  /** The path for FTP commands. */
  static String path(String target) {
    int at = target.lastIndexOf(TYPE);
    String path = at < 0 ? target : target.substring(0, at);
    return UrlOpener.decoded("path", path.startsWith("/") ? path.substring(1) : path, "");
  }

  private static void logIn(FtpClient client, ServerUrl url) throws IOException {
    if (url.user().isPresent()) {
      client.login(url.user().get(), url.password().orElse(""));
    } else {
      client.loginAnonymously();
    }
  }

  private static Fetched file(FtpClient client, String path, char type, ServerUrl url)
      throws IOException {
    Headers info = Headers.empty();
    // The size of a text file is not that of its lines on the wire.
    if (type == 'i') {
      info = known(info, () -> "" + client.size(path), "Content-Length");
    }
    info = known(info, () -> HttpDate.format(client.modified(path)), UrlOpener.LAST_MODIFIED);
    Incoming content = type == 'a' ? client.retrieveText(path) : client.retrieve(path);
    return Fetched.of(url.toString(), info, content, client);
  }

  private interface Fact {
    String ask() throws IOException;
  }

  /** Many servers know neither command. */
  private static Headers known(Headers info, Fact fact, String name) throws IOException {
    try {
      return info.with(name, fact.ask());
    } catch (FtpException e) {
      if (!e.connectionUsable()) {
        throw e;
      }
      return info;
    }
  }

  private Fetched folder(FtpClient client, String path, ServerUrl url) throws IOException {
    // Some servers list a missing folder as an empty one.
    if (!path.isEmpty()) {
      client.changeDirectory(path);
    }
    StringBuilder names = new StringBuilder();
    client.list("").forEach(entry -> names.append(line(entry)));
    byte[] lines = names.toString().getBytes(UTF_8);
    return UrlOpener.inMemory(
        url.toString(), UrlOpener.NAMES, lines, url.endpoint(), options.line(), client);
  }

  private static String line(FtpEntry entry) {
    return entry.name() + (entry.isDirectory() ? "/\n" : "\n");
  }
}
