package dev.wireline.chaos;

import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import java.io.IOException;
import java.util.List;

/** A server of DICT, which finds what the word asks for. */
final class DictPeer implements Peer {
  @Override
  public void talk(PeerConnection client) {
    try {
      client.write("220 ready\r\n");
      boolean goesOn = true;
      while (goesOn) {
        String line = client.readLine();
        goesOn = line != null && answer(client, line.split("\"", -1));
      }
    } catch (IOException e) {
      // Clients hang up as they like.
      return;
    }
  }

  /** Everything stands in quotes, the word last. */
  private static boolean answer(PeerConnection client, String[] quoted) throws IOException {
    Ask ask = Ask.parse(List.of(quoted[quoted.length - 2].split(" ", -1)));
    boolean defines = ask.verb().equals("DEFINE");
    StringBuilder answer = new StringBuilder(
        defines ? "150 1 found\r\n151 \"w\" d \"t\"\r\n" : "152 " + ask.count() + " found\r\n");
    for (String line : Item.lines(ask.token(), ask.count())) {
      answer.append(defines ? (line.startsWith(".") ? "." : "") + line : "d \"" + line + '"');
      answer.append("\r\n");
    }
    return ask.ending().send(client, Item.bytes(answer + ".\r\n250 ok\r\n"), ask.cut());
  }
}
