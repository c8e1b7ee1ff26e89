package dev.wireline.chaos;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A server of HTTP: answers what a path asks for, in each framing. */
final class HttpPeer implements Peer {
  private static final String ELSEWHERE = "elsewhere";

  private final Consumer<String> faults;
  private final Set<String> posted = ConcurrentHashMap.newKeySet();
  private volatile Map<Carrier, Endpoint> origins = Map.of();

  HttpPeer(Consumer<String> faults) {
    this.faults = faults;
  }

  /** Where a path that begins with "elsewhere" leads. */
  void redirectingTo(Map<Carrier, Endpoint> all) {
    origins = new EnumMap<>(all);
  }

  static String origin(Endpoint endpoint) {
    return (endpoint.isTls() ? "https://" : "http://") + endpoint.authority();
  }

  static String path(Ask ask) {
    return "/" + ask.words("/");
  }

  /** A path that is answered with a redirect first. */
  static String elsewhere(Carrier carrier, Ask ask) {
    return "/" + ELSEWHERE + "/" + carrier + path(ask);
  }

  @Override
  public void talk(PeerConnection client) {
    try {
      boolean goesOn = true;
      while (goesOn) {
        List<String> head = client.readHead();
        goesOn = head != null && answer(client, head);
      }
    } catch (IOException e) {
      // Clients hang up as they like.
      return;
    }
  }

  private boolean answer(PeerConnection client, List<String> head) throws IOException {
    List<String> line = List.of(head.get(0).split(" ", -1));
    byte @Nullable [] body = body(client, head);
    List<String> path = Arrays.asList(line.get(1).substring(1).split("/", -1));
    if (path.get(0).equals(ELSEWHERE)) {
      client.write(
          "HTTP/1.1 307 Go\r\nContent-Length: 0\r\nLocation: " + target(path) + "\r\n\r\n");
      return true;
    }
    Ask ask = Ask.parse(path);
    if (line.get(0).equals("POST") && !posted.add(ask.token())) {
      faults.accept("a POST came twice: " + ask);
    }
    byte[] content = Item.bytes(body == null ? content(ask) : Item.receipt(ask.token(), body));
    boolean goesOn = ask.ending().send(client, answer(ask, content), ask.cut());
    return goesOn && !ask.verb().equals("CLOSE");
  }

  private String target(List<String> path) {
    Endpoint endpoint = origins.get(Carrier.valueOf(path.get(1)));
    String origin = endpoint == null || endpoint.isUnix() ? "" : origin(endpoint);
    return origin + "/" + String.join("/", path.subList(2, path.size()));
  }

  /** What the answer to a question holds; events have a format of their own. */
  private static String content(Ask ask) {
    if (!ask.verb().equals("EVENTS")) {
      return ask.text();
    }
    StringBuilder text = new StringBuilder();
    for (String line : Item.lines(ask.token(), ask.count())) {
      text.append("data: ").append(line).append("\n\n");
    }
    return text.toString();
  }

  private static byte[] answer(Ask ask, byte[] content) {
    String fields = "X-Token: " + ask.token() + "\r\n";
    return switch (ask.verb()) {
      case "CHUNKED" -> chunked(fields, content);
      case "GZIP" -> chunked(fields + "Content-Encoding: gzip\r\n", gzip(content));
      case "HOOKED" -> chunked(fields + "Content-Encoding: x-hooked\r\n", content);
      case "CLOSE" -> joined("HTTP/1.1 200 OK\r\n" + fields + "\r\n", content, "");
      case "INTERIM" ->
        joined("HTTP/1.1 103 Hints\r\nLink: </x>\r\n\r\n" + head(fields, content), content, "");
      case "EVENTS" ->
        joined(head(fields + "Content-Type: text/event-stream\r\n", content), content, "");
      case "TAGGED" ->
        joined(head(fields + "ETag: \"" + ask.token() + "\"\r\n", content), content, "");
      default -> joined(head(fields, content), content, "");
    };
  }

  private static String head(String fields, byte[] content) {
    return "HTTP/1.1 200 OK\r\n" + fields + "Content-Length: " + content.length + "\r\n\r\n";
  }

  private static byte[] chunked(String fields, byte[] content) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(
        Item.bytes("HTTP/1.1 200 OK\r\n" + fields + "Transfer-Encoding: chunked\r\n\r\n"));
    for (int i = 0; i < content.length; i += 1500) {
      byte[] chunk = Arrays.copyOfRange(content, i, Math.min(content.length, i + 1500));
      all.writeBytes(joined(Integer.toHexString(chunk.length) + "\r\n", chunk, "\r\n"));
    }
    all.writeBytes(Item.bytes("0\r\n\r\n"));
    return all.toByteArray();
  }

  private static byte[] joined(String before, byte[] bytes, String behind) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(Item.bytes(before));
    all.writeBytes(bytes);
    all.writeBytes(Item.bytes(behind));
    return all.toByteArray();
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static byte @Nullable [] body(PeerConnection client, List<String> head)
      throws IOException {
    if (!field(head, "transfer-encoding").isEmpty()) {
      return chunks(client);
    }
    String length = field(head, "content-length");
    return length.isEmpty() ? null : client.read(Integer.parseInt(length));
  }

  private static byte[] chunks(PeerConnection client) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int size = Integer.parseInt(line(client), 16);
    while (size > 0) {
      all.writeBytes(client.read(size));
      line(client);
      size = Integer.parseInt(line(client), 16);
    }
    String trailer = line(client);
    while (!trailer.isEmpty()) {
      trailer = line(client);
    }
    return all.toByteArray();
  }

  private static String line(PeerConnection client) throws IOException {
    String line = client.readLine();
    if (line == null) {
      throw new IOException("the client hung up in its body");
    }
    return line;
  }

  private static String field(List<String> head, String name) {
    return head.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElse("");
  }
}
