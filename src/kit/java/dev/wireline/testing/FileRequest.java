package dev.wireline.testing;

import java.net.ProtocolException;
import java.util.List;
import java.util.Locale;

/**
 * A request for a file (RFC 9112, sections 3, 5 and 9.3). Immutable.
 *
 * @param target as it was sent
 * @param keepsOpen whether the client waits for no close behind the answer
 * @param connection the field that says so, or nothing
 */
record FileRequest(String method, String target, boolean keepsOpen, String connection) {

  static FileRequest of(RawRequest request) throws ProtocolException {
    String head = request.head();
    String text = head.replace("\r\n", "\n");
    if (text.indexOf('\r') >= 0 || text.indexOf('\0') >= 0) {
      throw new ProtocolException("the head has a bare CR or a NUL");
    }
    List<String> lines = text.lines().toList();
    String[] parts = lines.get(0).split(" ", -1);
    boolean old = parts.length == 3 && parts[2].equals("HTTP/1.0");
    if (!old && (parts.length != 3 || !parts[2].equals("HTTP/1.1"))) {
      throw new ProtocolException("this is no request line of HTTP/1.1 or HTTP/1.0");
    }
    StringBuilder options = new StringBuilder();
    int hosts = 0;
    int lengths = 0;
    for (String line : lines.subList(1, lines.size() - 1)) {
      String name = nameIn(line);
      hosts += name.equals("host") ? 1 : 0;
      lengths += name.equals("content-length") || name.equals("transfer-encoding") ? 1 : 0;
      options.append(name.equals("connection") ? line.toLowerCase(Locale.ROOT) : "");
    }
    if (hosts > 1 || (hosts == 0 && !old) || lengths > 1) {
      throw new ProtocolException("the head has no Host field, or two where one may be");
    }
    boolean open = old ? options.indexOf("keep-alive") > 0 : options.indexOf("close") < 0;
    String answer = open ? (old ? "Connection: keep-alive\r\n" : "") : "Connection: close\r\n";
    return new FileRequest(parts[0], parts[1], open, answer);
  }

  private static String nameIn(String line) throws ProtocolException {
    int colon = line.indexOf(':');
    if (colon < 1 || line.chars().limit(colon).anyMatch(c -> c <= ' ')) {
      throw new ProtocolException("a line of the head is no field");
    }
    return line.substring(0, colon).toLowerCase(Locale.ROOT);
  }

  boolean isGet() {
    return method.equals("GET");
  }

  boolean isHead() {
    return method.equals("HEAD");
  }
}
