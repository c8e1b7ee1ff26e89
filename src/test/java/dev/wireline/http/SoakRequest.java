package dev.wireline.http;

import dev.wireline.testing.PeerConnection;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request as a server of the soak test got it. Immutable. */
final class SoakRequest {
  private final String method;
  private final long id;
  private final List<String> head;
  private final byte[] content;

  private SoakRequest(String method, long id, List<String> head, byte[] content) {
    this.method = method;
    this.id = id;
    this.head = head;
    this.content = content;
  }

  /** The next one, or null when the client has hung up. */
  static @Nullable SoakRequest read(PeerConnection connection) throws IOException {
    List<String> head = connection.readHead();
    if (head == null) {
      return null;
    }
    List<String> line = List.of(head.get(0).split(" ", -1));
    if (line.size() != 3 || !line.get(2).equals("HTTP/1.1")) {
      throw new AssertionError("no request line: " + line);
    }
    byte[] content = connection.read(Integer.parseInt(field(head, "content-length", "0")));
    return new SoakRequest(line.get(0), SoakItem.id(line.get(1)), head, content);
  }

  private static String field(List<String> head, String name, String otherwise) {
    return head.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElse(otherwise);
  }

  long id() {
    return id;
  }

  boolean isHead() {
    return method.equals("HEAD");
  }

  boolean isPost() {
    return method.equals("POST");
  }

  /** Whether id, path and content are of one piece. */
  boolean isWhole() {
    boolean own = field(head, "x-id", "").equals(Long.toString(id));
    boolean carries = method.startsWith("P");
    byte[] expected = carries ? SoakItem.bytes(SoakItem.content(id)) : new byte[0];
    return own && Arrays.equals(content, expected);
  }

  boolean takesGzip() {
    return field(head, "accept-encoding", "").contains("gzip");
  }

  boolean hasCredentials() {
    return !field(head, "authorization", "").isEmpty();
  }
}
