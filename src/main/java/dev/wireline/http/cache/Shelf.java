package dev.wireline.http.cache;

import dev.wireline.header.Headers;
import dev.wireline.internal.Log;
import dev.wireline.internal.Sha256;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The responses of a store, by URL and by what Vary selects. The first response of a URL is stored under the
 * URL; variants that depend on the same fields of a request are stored under its family. Forgetting the first
 * one forgets them all, since the next first one begins another family. A store that fails counts as empty.
 */
final class Shelf {
  private final CacheStore store;

  Shelf(CacheStore store) {
    this.store = store;
  }

  /** The URL as it is stored: its fragment is never requested. */
  static String place(HttpUrl url) {
    return url.origin() + url.target();
  }

  /** What is stored for a request, or null. */
  @Nullable
  StoredResponse find(HttpUrl url, Headers request) {
    String place = place(url);
    StoredResponse first = load(key(place));
    if (first == null || first.isFor(place, request)) {
      return first;
    }
    StoredResponse variant = load(variant(first, request));
    return variant != null && variant.isFor(place, request) ? variant : null;
  }

  void put(HttpUrl url, Headers request, StoredResponse response) {
    String place = place(url);
    StoredResponse first = load(key(place));
    if (first == null || !first.url().equals(place) || !first.variesAs(response.headers())) {
      String family = Long.toHexString(ThreadLocalRandom.current().nextLong());
      save(key(place), response.ofFamily(family));
    } else {
      String key = first.isFor(place, request) ? key(place) : variant(first, request);
      save(key, response.ofFamily(first.family()));
    }
  }

  private static String key(String place) {
    return Sha256.hex("GET " + place);
  }

  private static String variant(StoredResponse first, Headers request) {
    return Sha256.hex(first.family() + " " + StoredResponse.selection(first.headers(), request));
  }

  private @Nullable StoredResponse load(String key) {
    try {
      Optional<byte[]> entry = store.get(key);
      return entry.flatMap(StoredResponse::decode).orElse(null);
    } catch (IOException | RuntimeException e) {
      failed("give", e);
      return null;
    }
  }

  private void save(String key, StoredResponse response) {
    try {
      store.put(key, response.encode());
    } catch (IOException | RuntimeException e) {
      failed("take", e);
    }
  }

  void forget(HttpUrl url) {
    try {
      store.remove(key(place(url)));
    } catch (IOException | RuntimeException e) {
      failed("forget", e);
    }
  }

  private void failed(String what, Exception e) {
    String type = store.getClass().getName();
    Log.warn(
        "the cache store {} did not {} a response: {}", type, what, e.getClass().getName());
  }
}
