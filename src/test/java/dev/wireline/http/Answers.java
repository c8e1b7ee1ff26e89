package dev.wireline.http;

import dev.wireline.testing.Delivery;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.RawAnswer;
import java.io.IOException;

/** Raw responses that tests let a server send. */
final class Answers {
  /** A body that is too long to come with its head, so that it is unread until somebody reads it. */
  static final String LONG = "x".repeat(20_000);

  private Answers() {}

  /** A response with a length. */
  static RawAnswer ok(String body) {
    return ok(body, "");
  }

  /** A response with a length and more fields, each with its CRLF. */
  static RawAnswer ok(String body, String fields) {
    return RawAnswer.of(text(body, fields));
  }

  static String text(String body) {
    return text(body, "");
  }

  static String text(String body, String fields) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n" + fields + "\r\n" + body;
  }

  /** The head of a response with a length. */
  static String head(long length) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n";
  }

  /** The head of a response in chunks. */
  static String chunkedHead() {
    return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  }

  /** A response in chunks, with the last one. */
  static RawAnswer chunked(String... chunks) {
    StringBuilder text = new StringBuilder(chunkedHead());
    for (String chunk : chunks) {
      text.append(chunk(chunk));
    }
    return RawAnswer.of(text.append("0\r\n\r\n").toString());
  }

  static String chunk(String data) {
    return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
  }

  /** A response that ends with its connection. */
  static RawAnswer untilClose(String body) {
    return RawAnswer.of("HTTP/1.1 200 OK\r\n\r\n" + body).thenClose();
  }

  /** Sends a text as a test wants it delivered. */
  static void send(Delivery delivery, PeerConnection connection, String text) throws IOException {
    if (delivery == Delivery.BYTE_BY_BYTE) {
      connection.writeByteByByte(text);
    } else {
      connection.write(text);
    }
  }
}
