package dev.wireline.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.ftp.FtpClient;
import dev.wireline.http.Holds;
import dev.wireline.net.Connector;
import dev.wireline.net.Deadline;
import dev.wireline.net.Dialer;
import dev.wireline.net.Wire;
import dev.wireline.url.ServerUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** URLs of every scheme, opened up to the dial. */
public final class FetchFuzz {
  private static final UrlOpener OPENER = Urls.builder()
      .dialer(Dialer.builder().connector(new Nowhere()).build())
      .allowFiles(Path.of("/there/is/no/such/folder"))
      .build();

  private FetchFuzz() {}

  /** Whom the opener was about to dial. */
  private static final class Reached extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Endpoint place;

    Reached(Endpoint place) {
      super(null, null, false, false);
      this.place = place;
    }
  }

  private static final class Nowhere implements Connector {
    @Override
    public Endpoint proxy(Endpoint target) {
      throw new Reached(target);
    }

    @Override
    public void open(Wire wire, Endpoint target, Deadline deadline) {
      throw new AssertionError("nothing is dialled");
    }
  }

  public static void check(byte[] input) {
    String url = new String(input, UTF_8);
    try (Fetched found = OPENER.open(url)) {
      Holds.that(isOf(url, "data:"), "found nowhere but in the URL");
      Holds.printable(found.type().orElseThrow());
      Holds.same(found.length().orElseThrow(), (long) found.bytes().length, "the length");
    } catch (Reached e) {
      reached(url, e.place);
    } catch (NotFoundException e) {
      Holds.that(isOf(url, "file:"), "only files are looked for");
      Holds.printable(e.toString());
    } catch (IllegalArgumentException e) {
      Holds.refusal(e);
    } catch (IOException e) {
      throw new AssertionError("not a documented exception", e);
    }
  }

  private static boolean isOf(String url, String scheme) {
    return url.regionMatches(true, 0, scheme, 0, scheme.length());
  }

  private static void reached(String url, Endpoint place) {
    String scheme = url.substring(0, url.indexOf("://")).toLowerCase(Locale.ROOT);
    Holds.same(place.isTls(), scheme.endsWith("s"), "the scheme, and TLS");
    Holds.that(url.chars().noneMatch(Character::isISOControl), "a control character");
    int at = scheme.length() + 3;
    // An empty one is none.
    for (int i = at; i < url.length() && "/?#".indexOf(url.charAt(i)) < 0; i++) {
      Holds.that(i == at || url.charAt(i) != '@', "user info went through");
    }
    if (scheme.startsWith("ftp")) {
      String target = ServerUrl.parse(url, FtpClient.PROTOCOL).target();
      Holds.printable(FtpScheme.path(target));
    }
  }
}
