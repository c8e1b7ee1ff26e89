package dev.wireline.halfway;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.ServerSentEvent;
import dev.wireline.net.PoolOptions;
import dev.wireline.testing.PeerConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** The ways to read the body of a response, and how the server frames it. */
enum Get {
  LENGTH {
    @Override
    Object read(HttpResponse response) throws IOException {
      return response.bytes();
    }
  },
  CHUNKED {
    @Override
    byte[] body(String answer) {
      String first = answer.substring(0, 9000);
      String second = answer.substring(9000);
      return ("Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(first.length()) + "\r\n"
              + first + "\r\n" + Integer.toHexString(second.length()) + "\r\n" + second
              + "\r\n0\r\n\r\n")
          .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    Object read(HttpResponse response) throws IOException {
      return response.bytes();
    }
  },
  GZIP {
    @Override
    byte[] body(String answer) throws IOException {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
        out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
      }
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(("Content-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n")
          .getBytes(StandardCharsets.ISO_8859_1));
      all.writeBytes(packed.toByteArray());
      return all.toByteArray();
    }

    @Override
    Object read(HttpResponse response) throws IOException {
      return response.bytes();
    }
  },
  LINES {
    @Override
    byte[] body(String answer) throws IOException {
      return LENGTH.body("1\r\n" + answer + "\r\n3\r\n");
    }

    @Override
    Object read(HttpResponse response) throws IOException {
      return response.lines().collect(Collectors.toList());
    }
  },

  TEXT {
    @Override
    Object read(HttpResponse response) throws IOException {
      return response.text();
    }
  },
  STREAM {
    @Override
    Object read(HttpResponse response) throws IOException {
      return response.body().readAllBytes();
    }
  },
  SAVED {
    @Override
    Object read(HttpResponse response) throws IOException {
      response.saveTo(Ask.FILE);
      return Ask.FILE;
    }
  },
  EVENTS {
    @Override
    byte[] body(String answer) {
      String events = "data: 1\n\ndata: " + answer + "\n\ndata: 3\n\n";
      return ("Content-Type: text/event-stream\r\nContent-Length: " + events.length() + "\r\n\r\n"
              + events)
          .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    Object read(HttpResponse response) throws IOException {
      return response.events().map(ServerSentEvent::data).collect(Collectors.toList());
    }
  };

  /** Whether the body is handed out once, in pieces: what fails between them is the caller's. */
  boolean isStreamed() {
    return this == LINES || this == STREAM || this == SAVED || this == EVENTS;
  }

  /** Whether it is read at each depth of the stack; the others would take long, and differ little. */
  boolean isForEachDepth() {
    return compareTo(TEXT) < 0;
  }

  /** A response without its status line. */
  byte[] body(String answer) throws IOException {
    return ("Content-Length: " + answer.length() + "\r\n\r\n" + answer)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Reads the body. */
  abstract Object read(HttpResponse response) throws IOException;

  /** Answers each request for a number with the answer of that number. */
  void serve(PeerConnection peer) throws IOException {
    for (List<String> head = peer.readHead(); head != null; head = peer.readHead()) {
      int from = head.get(0).indexOf('/') + 1;
      int number = Integer.parseInt(head.get(0), from, from + 1, 10);
      peer.write("HTTP/1.1 200 OK\r\n");
      peer.write(body(Ask.answer(number)));
    }
  }

  /** A client or an agent. */
  interface Sender extends AutoCloseable {
    HttpResponse get(int number) throws IOException;

    @Override
    void close();
  }

  static Sender client(Endpoint server) {
    HttpClient client = new HttpClient(server);
    return new Sender() {
      @Override
      public HttpResponse get(int number) throws IOException {
        return client.get("/" + number);
      }

      @Override
      public void close() {
        client.close();
      }
    };
  }

  static Sender agent(Endpoint server) {
    // One place: a lease that is not given back shows.
    PoolOptions one = PoolOptions.builder()
        .maxPerEndpoint(1)
        .waitTimeout(Duration.ofSeconds(5))
        .build();
    HttpAgent agent = HttpAgent.builder().pool(one).build();
    return new Sender() {
      @Override
      public HttpResponse get(int number) throws IOException {
        return agent.send(HttpRequest.get("http://127.0.0.1:" + server.port() + "/" + number));
      }

      @Override
      public void close() {
        agent.close();
      }
    };
  }
}
