package dev.wireline.chaos;

import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server of lines: answers what a line asks for, in each framing that a client can read. */
final class LinePeer implements Peer {
  private static final String CRLF = "\r\n";

  @Override
  public void talk(PeerConnection client) {
    try {
      boolean goesOn = true;
      while (goesOn) {
        String line = client.readLine();
        goesOn = line != null && answer(client, List.of(line.split(" ", -1)));
      }
    } catch (IOException e) {
      // Clients hang up as they like.
      return;
    }
  }

  private static boolean answer(PeerConnection client, List<String> words) throws IOException {
    Ask ask = Ask.parse(words);
    byte[] got = content(client, ask, words);
    String answer = got == null ? answer(ask) : "250 " + Item.receipt(ask.token(), got) + CRLF;
    boolean goesOn = ask.ending().send(client, Item.bytes(answer), ask.cut());
    return goesOn && !ask.verb().equals("END");
  }

  /** What comes behind the line; null for a line that only asks. */
  private static byte @Nullable [] content(PeerConnection client, Ask ask, List<String> words)
      throws IOException {
    return switch (ask.verb()) {
      case "PUT" -> dotText(client);
      case "DATA" -> client.read(Integer.parseInt(words.get(5)));
      case "AUTH" -> Item.bytes(words.get(5));
      default -> null;
    };
  }

  private static byte[] dotText(PeerConnection client) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (String line = client.readLine(); line != null; line = client.readLine()) {
      if (line.equals(".")) {
        return text.toByteArray();
      }
      text.writeBytes(Item.bytes((line.startsWith(".") ? line.substring(1) : line) + "\n"));
    }
    throw new IOException("the client hung up in its text");
  }

  private static String answer(Ask ask) {
    return switch (ask.verb()) {
      case "LINE" -> ask.token() + " " + ask.count() + CRLF;
      case "NOTED" -> "* note for " + ask.token() + CRLF + ask.token() + " " + ask.count() + CRLF;
      case "STATUS" -> "+OK " + ask.token() + CRLF;
      case "REPLY" -> reply(ask);
      case "DOTS" -> dots(ask);
      case "BLOCK" -> ask.text().length() + CRLF + ask.text() + CRLF;
      case "RAW", "END" -> ask.text();
      case "PROMPT" -> ask.text() + ask.token() + "> ";
      default -> throw new AssertionError("nobody asks so: " + ask);
    };
  }

  static String reply(Ask ask) {
    StringBuilder lines = new StringBuilder();
    int count = Math.min(ask.count(), 40);
    for (int i = 1; i < count; i++) {
      lines.append("250-").append(ask.token()).append(' ').append(i).append(CRLF);
    }
    return lines + "250 " + ask.token() + " " + count + CRLF;
  }

  private static String dots(Ask ask) {
    StringBuilder text = new StringBuilder();
    for (String line : Item.lines(ask.token(), ask.count())) {
      text.append(line.startsWith(".") ? "." : "").append(line).append(CRLF);
    }
    return text + "." + CRLF;
  }
}
