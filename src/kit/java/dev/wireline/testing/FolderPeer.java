package dev.wireline.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Answers requests for files. */
final class FolderPeer implements Peer {

  private static final Duration TO_HEAR_THE_REST = Duration.ofSeconds(1);
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final Map<String, String> TYPES = Map.of(
      "html", "text/html; charset=utf-8",
      "css", "text/css; charset=utf-8",
      "js", "text/javascript; charset=utf-8",
      "txt", TEXT,
      "json", "application/json",
      "xml", "application/xml",
      "svg", "image/svg+xml",
      "png", "image/png",
      "jpg", "image/jpeg",
      "gif", "image/gif");

  private final Folder folder;

  FolderPeer(Folder folder) {
    this.folder = folder;
  }

  @Override
  public void talk(PeerConnection client) {
    try {
      RawRequest request = RequestReader.read(client);
      while (request != null && answer(client, FileRequest.of(request))) {
        request = RequestReader.read(client);
      }
    } catch (ProtocolException e) {
      new Ending().attempt(() -> refuse(client));
    } catch (IOException e) {
      // The client hung up early, within a request or an answer: its own right.
      return;
    }
  }

  /** Answers; tells whether the connection is open for another request. */
  private boolean answer(PeerConnection client, FileRequest request) throws IOException {
    if (!request.isGet() && !request.isHead()) {
      say(client, request, "405 Method Not Allowed", "Allow: GET, HEAD\r\n");
      return request.keepsOpen();
    }
    Path file = folder.find(request.target());
    if (file == null) {
      say(client, request, "404 Not Found", "");
      return request.keepsOpen();
    }
    try (InputStream content = Files.newInputStream(file)) {
      long size = Files.size(file);
      head(client, "200 OK", typeOf(file), size, request.connection());
      if (request.isGet()) {
        send(client, content, size);
      }
    }
    return request.keepsOpen();
  }

  private static String typeOf(Path file) {
    String name = file.toString();
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(ending, "application/octet-stream");
  }

  /** Sends as much as was announced, though the file may grow meanwhile. */
  private static void send(PeerConnection client, InputStream content, long size)
      throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (long left = size; left > 0; ) {
      int count = content.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new IllegalStateException("a file became shorter while it was sent");
      }
      client.output().write(buffer, 0, count);
      left -= count;
    }
  }

  private static void say(PeerConnection client, FileRequest request, String status, String more)
      throws IOException {
    byte[] text = (status + "\n").getBytes(StandardCharsets.US_ASCII);
    head(client, status, TEXT, text.length, more + request.connection());
    if (!request.isHead()) {
      client.write(text);
    }
  }

  private static void head(
      PeerConnection client, String status, String type, long length, String more)
      throws IOException {
    client.write("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: "
        + length + "\r\n" + more + "\r\n");
  }

  private static void refuse(PeerConnection client) throws IOException {
    head(client, "400 Bad Request", TEXT, 0, "Connection: close\r\n");
    client.shutdownOutput();
    // A close with unread bytes would be a reset, which may take the answer with it.
    client.limitReads(TO_HEAR_THE_REST);
    client.input().transferTo(OutputStream.nullOutputStream());
  }
}
