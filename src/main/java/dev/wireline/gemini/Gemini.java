package dev.wireline.gemini;

import dev.wireline.error.Phase;
import dev.wireline.internal.Ascii;
import dev.wireline.line.Incoming;
import dev.wireline.line.Message;
import dev.wireline.line.Question;
import dev.wireline.line.QuestionOptions;
import dev.wireline.net.Deadline;
import dev.wireline.net.Dialer;
import dev.wireline.net.KnownKeys;
import dev.wireline.net.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Gemini: requests pages over TLS, each on its own connection.
 *
 * <pre>
 * C: gemini://gemini.example/about
 * S: 20 text/gemini
 * S: # About
 * </pre>
 *
 * <p>Servers have self-signed certificates, so each is trusted on first use: whatever key it shows at the first
 * connection, and only that key from then on. The {@link KnownKeys} remember them. A page must end with a
 * proper end of TLS; otherwise it is an exception. Thread-safe.
 */
public final class Gemini {
  /** The port: 1965. */
  public static final int PORT = 1965;

  /** The longest URL that can be requested, in bytes: 1024. */
  public static final int MAX_URL_BYTES = 1024;

  /** How many redirects are followed: 5. */
  public static final int MAX_REDIRECTS = 5;

  /** The longest first line of an answer, in bytes: 1029. */
  static final int MAX_HEAD_BYTES = 1029;

  private Gemini() {}

  /**
   * Asks for a page.
   *
   * @param url {@code gemini://host/path}
   * @param known the keys of servers met before
   * @return the answer, whatever its status; the caller closes it
   * @throws IOException as {@link #open(String, KnownKeys, QuestionOptions)}
   */
  public static GeminiResponse open(String url, KnownKeys known) throws IOException {
    return open(url, known, QuestionOptions.standard());
  }

  /**
   * Asks for a page. Redirects are followed within Gemini, to any host; one to another scheme is returned to
   * you, and so is a request for input.
   *
   * @param url {@code gemini://host/path}, at most {@link #MAX_URL_BYTES}
   * @param known the keys of servers met before
   * @param options the limits, and the dialer, whose client certificate is presented until a redirect leads to
   *     another host or port; the timeout covers all redirects, up to the head of the answer
   * @return the answer, whatever its status; the caller closes it
   * @throws IllegalArgumentException if the URL is not valid; nothing was dialled
   * @throws dev.wireline.error.TlsException if the server has another key than before
   * @throws dev.wireline.error.PeerProtocolException if the answer or its redirect is not valid
   * @throws dev.wireline.error.LimitExceededException if there are more than {@link #MAX_REDIRECTS}
   * @throws IOException as {@link Question#ask}
   */
  public static GeminiResponse open(String url, KnownKeys known, QuestionOptions options)
      throws IOException {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(known, "known");
    Objects.requireNonNull(options, "options");
    GeminiUrl asked = GeminiUrl.parse(url);
    Deadline end = Deadline.after(options.timeout(), Phase.CALL, "timeout");
    QuestionOptions trusting = options.withDialer(trusting(options.lines().dialer(), known));
    for (int redirects = 0; ; redirects++) {
      Asked once = new Asked(asked, redirects);
      GeminiResponse response =
          once.open(trusting.withTimeout(Duration.ofNanos(Math.max(1, end.remainingNanos()))));
      Optional<GeminiUrl> next = once.next;
      if (next.isEmpty()) {
        return response;
      }
      response.close();
      if (!next.get().endpoint().equals(asked.endpoint())) {
        trusting = anonymous(trusting);
      }
      asked = next.get();
    }
  }

  /** A certificate is for the server that the caller named, and for no other that it sends us to. */
  private static QuestionOptions anonymous(QuestionOptions options) {
    Dialer dialer = options.lines().dialer();
    Tls tls = dialer.tls().withoutClientCertificate();
    return options.withDialer(dialer.toBuilder().tls(tls).build());
  }

  private static Dialer trusting(Dialer dialer, KnownKeys known) {
    Tls tls = dialer.tls().toBuilder().trustOnFirstUse(known).build();
    return dialer.toBuilder().tls(tls).build();
  }

  /**
   * A URL with a line that the user has typed, in answer to a status of 1x.
   *
   * @param url the URL that asked for input; any query is replaced
   * @param input the line
   * @return the URL to request
   * @throws IllegalArgumentException if the URL is not valid, or becomes too long
   */
  public static String withInput(String url, String input) {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(input, "input");
    return GeminiUrl.parse(url).withInput(input).toString();
  }

  /**
   * Resolves a link in a page.
   *
   * @param url the URL of the page
   * @param link the reference of the link
   * @return the URL, without its fragment if it is a Gemini URL; the link unchanged if it has another scheme
   * @throws IllegalArgumentException if one of them is not valid
   */
  public static String resolve(String url, String link) {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(link, "link");
    GeminiUrl base = GeminiUrl.parse(url);
    return base.leaves(link) ? link : base.resolve(link).toString();
  }

  /** One request for one URL. */
  private static final class Asked {
    private final GeminiUrl url;
    private final int redirects;
    private int status;
    private String meta = "";
    private Optional<GeminiUrl> next = Optional.empty();

    Asked(GeminiUrl url, int redirects) {
      this.url = url;
      this.redirects = redirects;
    }

    GeminiResponse open(QuestionOptions options) throws IOException {
      Message line = Message.of().line(url.toString());
      Incoming body = Question.open(url.endpoint(), line, options, this::read);
      if (status / 10 != 2) {
        body = nothing(body, options);
      }
      return new GeminiResponse(url.toString(), status, meta, body);
    }

    /** What follows any other status is not a page. */
    private Incoming nothing(Incoming body, QuestionOptions options) throws IOException {
      body.close();
      return Incoming.of(InputStream.nullInputStream(), url.endpoint(), options.lines());
    }

    private boolean read(Question question) throws IOException {
      String head = question.client().readLine(MAX_HEAD_BYTES);
      status = head.length() < 2 ? -1 : (int) Ascii.decimal(head.substring(0, 2), 69);
      boolean separated = head.length() == 2 || (head.length() > 2 && head.charAt(2) == ' ');
      if (status < 10 || !separated) {
        throw question.refused("an answer begins with a status from 10 to 69 and a space", head);
      }
      meta = head.length() > 3 ? head.substring(3).strip() : "";
      if (status / 10 == 3) {
        redirect(question);
      }
      return true;
    }

    private void redirect(Question question) throws IOException {
      try {
        if (url.leaves(meta)) {
          return;
        }
        next = Optional.of(url.resolve(meta));
      } catch (IllegalArgumentException e) {
        throw question.refused("a redirect leads to a URL", meta);
      }
      if (redirects == MAX_REDIRECTS) {
        throw question.exceeded("redirects", MAX_REDIRECTS);
      }
    }
  }
}
