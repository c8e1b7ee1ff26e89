package dev.wireline.http.cache;

import dev.wireline.error.ConnectFailedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.header.Headers;
import dev.wireline.http.Body;
import dev.wireline.http.Chain;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.Step;
import dev.wireline.http.grammar.Validator;
import dev.wireline.internal.Bounds;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A private cache (RFC 9111): a step that answers repeated requests from a {@link CacheStore}.
 *
 * <pre>{@code
 * HttpCache cache = HttpCache.of(new MemoryCacheStore());
 * HttpAgent agent = HttpAgent.builder().connectionStep(cache).build();
 * }</pre>
 *
 * <p>It belongs right before the connection, where each hop of a redirect has its URL, and Authorization and
 * Accept-Encoding are there to tell responses apart. A response from the store has an Age field, and does not
 * appear in {@link HttpResponse#attempts}.
 *
 * <p>It stores complete responses to GET, once their body was read to its end or discarded, if request and
 * response allow it. A stale response is revalidated with the server by If-None-Match and If-Modified-Since.
 * Requests with their own conditions or ranges bypass the cache. A request that changes something makes the
 * cache forget what it has for that URL.
 *
 * <p><b>Strict:</b> a response to a request with one Authorization, one Host, or one value of a field marked
 * secret is not used for another, although a private cache may do that: a program can act for several users.
 * Cookies count only if Vary names them, so do not let users with cookies share a cache. Set-Cookie is not
 * stored. A directive with field names, such as {@code no-cache="X"}, counts as if it had none. Nothing is
 * revalidated in the background ({@code stale-while-revalidate}), as there is no thread.
 *
 * <p>Thread-safe, as its store must be. Several callers that miss the same response all request it.
 */
public final class HttpCache implements Step {
  /** The default size of the largest body that is stored: 4 MiB. */
  public static final int MAX_ENTRY_BYTES = 4 << 20;

  private static final List<String> CONDITIONS = List.of(
      "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range", "Range");

  private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0);

  private final Shelf shelf;
  private final InstantSource clock;
  private final int maxEntryBytes;

  private HttpCache(Builder builder) {
    this.shelf = new Shelf(builder.store);
    this.clock = builder.clock;
    this.maxEntryBytes = builder.maxEntryBytes;
  }

  /**
   * Creates a cache with the default settings.
   *
   * @param store where responses are kept
   * @return the cache
   */
  public static HttpCache of(CacheStore store) {
    return builder(store).build();
  }

  /**
   * A cache with settings of your own.
   *
   * @param store where responses are kept
   * @return a builder that starts at the defaults
   */
  public static Builder builder(CacheStore store) {
    return new Builder(Objects.requireNonNull(store, "store"));
  }

  @Override
  public HttpResponse send(HttpRequest request, Chain chain) throws IOException {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(chain, "chain");
    return switch (request.method()) {
      case "GET", "HEAD" -> read(request, chain);
      case "OPTIONS", "TRACE" -> chain.proceed(request);
      default -> changed(chain.proceed(request), chain.url());
    };
  }

  /** Section 4.4: an answer that is not an error means that something has changed. */
  private HttpResponse changed(HttpResponse response, HttpUrl url) {
    if (response.status() < 400) {
      shelf.forget(url);
      for (String name : List.of("Location", "Content-Location")) {
        response.header(name).flatMap(place -> sameOrigin(url, place)).ifPresent(shelf::forget);
      }
    }
    return response;
  }

  private static Optional<HttpUrl> sameOrigin(HttpUrl url, String reference) {
    try {
      return Optional.of(url.resolve(reference)).filter(url::sameOrigin);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private HttpResponse read(HttpRequest request, Chain chain) throws IOException {
    Directives asked = Directives.ofRequest(request.headers());
    boolean own = CONDITIONS.stream().anyMatch(request.headers()::contains);
    boolean passes = own || request.body().isPresent() || asked.has("no-store");
    StoredResponse stored = passes ? null : shelf.find(chain.url(), request.headers());
    if (stored != null) {
      Freshness freshness = new Freshness(stored, clock.instant());
      if (freshness.serves(asked)) {
        return answer(request, stored, freshness.age());
      }
    }
    if (asked.has("only-if-cached")) {
      return HttpResponse.of(request, 504);
    }
    if (passes || request.method().equals("HEAD")) {
      return chain.proceed(request);
    }
    return stored == null ? fetched(request, chain, null) : confirmed(request, chain, stored);
  }

  /** Section 4.3: asks whether a stored response is still current. */
  private HttpResponse confirmed(HttpRequest request, Chain chain, StoredResponse stored)
      throws IOException {
    Directives asked = Directives.ofRequest(request.headers());
    Instant before = clock.instant();
    HttpResponse response;
    try {
      response = chain.proceed(conditional(request, stored.headers()));
    } catch (ConnectFailedException | ConnectionClosedException | DeadlineExceededException e) {
      Freshness late = new Freshness(stored, clock.instant());
      if (late.servesInsteadOfAnError(asked)) {
        return answer(request, stored, late.age());
      }
      throw e;
    }
    Freshness late = new Freshness(stored, clock.instant());
    if (response.status() == 304) {
      response.discard();
      return again(request, chain, stored, response.headers(), before);
    }
    if (isError(response.status()) && late.servesInsteadOfAnError(asked)) {
      response.discard();
      return answer(request, stored, late.age());
    }
    return kept(request, chain, response, before, stored);
  }

  private static boolean isError(int status) {
    return status == 500 || status == 502 || status == 503 || status == 504;
  }

  private static HttpRequest conditional(HttpRequest request, Headers stored) {
    HttpRequest conditional = request;
    Optional<String> tag = stored.first("ETag").filter(Validator::isTag);
    if (tag.isPresent()) {
      conditional = conditional.header("If-None-Match", tag.get());
    }
    return stored.date("Last-Modified").isPresent()
        ? conditional.header("If-Modified-Since", stored.first("Last-Modified").orElse(""))
        : conditional;
  }

  /** After a 304: for the stored response, or for another one that the cache does not know (section 4.3.4). */
  private HttpResponse again(
      HttpRequest request, Chain chain, StoredResponse stored, Headers newer, Instant before)
      throws IOException {
    Optional<String> tag = newer.first("ETag");
    Optional<String> known = stored.headers().first("ETag");
    if (tag.isPresent() && known.isPresent() && !bare(tag.get()).equals(bare(known.get()))) {
      shelf.forget(chain.url());
      return fetched(request, chain, null);
    }
    StoredResponse confirmed = stored.confirmed(newer, before, clock.instant());
    if (Directives.of(newer).has("no-store")) {
      shelf.forget(chain.url());
    } else {
      shelf.put(chain.url(), request.headers(), confirmed);
    }
    return answer(request, confirmed, new Freshness(confirmed, clock.instant()).age());
  }

  private static String bare(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }

  private HttpResponse fetched(HttpRequest request, Chain chain, @Nullable StoredResponse old)
      throws IOException {
    Instant before = clock.instant();
    return kept(request, chain, chain.proceed(request), before, old);
  }

  /**
   * Stores a response while its body is read; one that supersedes a stored one, but may not be stored itself,
   * removes that.
   */
  private HttpResponse kept(
      HttpRequest request,
      Chain chain,
      HttpResponse response,
      Instant before,
      @Nullable StoredResponse old) {
    HttpUrl url = chain.url();
    StoredResponse head = head(request, response, url, before);
    if (!mayBeStored(request, response, head)) {
      if (old != null && !isError(response.status())) {
        shelf.forget(url);
      }
      return response;
    }
    return response.withBodyThrough(in -> new StoringStream(
        in, maxEntryBytes, body -> shelf.put(url, request.headers(), head.withBody(body))));
  }

  private StoredResponse head(
      HttpRequest request, HttpResponse response, HttpUrl url, Instant before) {
    Instant now = clock.instant();
    Headers fields = StoredFields.of(response.headers(), now);
    String selection = StoredResponse.selection(fields, request.headers());
    return new StoredResponse(
        Shelf.place(url), "", selection, before, now, response.status(), fields, NO_BODY);
  }

  /** Section 3. */
  private boolean mayBeStored(HttpRequest request, HttpResponse response, StoredResponse head) {
    Directives said = Directives.of(response.headers());
    boolean forbidden = said.has("no-store") && !said.has("must-understand");
    boolean tooLarge = response
        .header("Content-Length")
        .filter(length -> Directives.number(length) > maxEntryBytes)
        .isPresent();
    // Digest credentials differ in each request: none would ever be answered.
    boolean once = request
        .headers()
        .first("Authorization")
        .filter(value -> value.regionMatches(true, 0, "Digest ", 0, 7))
        .isPresent();
    // A step in between may have asked elsewhere.
    boolean elsewhere = !response.url().map(Shelf::place).orElse("").equals(head.url());
    return Freshness.isUnderstood(response.status())
        && !elsewhere
        && !forbidden
        && !tooLarge
        && !once
        && !response.headers().hasToken("Vary", "*")
        && !response.headers().contains("Content-Range")
        && new Freshness(head, head.received()).isWorthStoring();
  }

  private static HttpResponse answer(HttpRequest request, StoredResponse stored, long age) {
    Headers fields = stored.headers().replacing("Age", String.valueOf(age));
    HttpResponse response = HttpResponse.of(request, stored.status());
    HttpResponse full = request.method().equals("HEAD")
        ? response
        : response.withBody(Body.of(stored.body().array(), "application/octet-stream"));
    return full.withHeaders(fields);
  }

  /** Builds an {@link HttpCache}. Not thread-safe. */
  public static final class Builder {
    private final CacheStore store;
    private InstantSource clock = InstantSource.system();
    private int maxEntryBytes = MAX_ENTRY_BYTES;

    private Builder(CacheStore store) {
      this.store = store;
    }

    /**
     * The largest body that is stored.
     *
     * @param value in bytes as received, possibly compressed; 1 or more
     * @return this
     * @throws IllegalArgumentException if the value is out of range
     */
    public Builder maxEntryBytes(int value) {
      maxEntryBytes = Bounds.check("maxEntryBytes", value);
      return this;
    }

    /**
     * The clock for the age of responses.
     *
     * @param value the clock; the system's unless set
     * @return this
     */
    public Builder clock(InstantSource value) {
      clock = Objects.requireNonNull(value, "value");
      return this;
    }

    /** {@return the cache} */
    public HttpCache build() {
      return new HttpCache(this);
    }
  }
}
