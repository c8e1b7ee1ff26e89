package dev.wireline.tftp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wireline.internal.MalformedException;
import dev.wireline.internal.Quoted;
import dev.wireline.internal.StrictText;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A TFTP packet (RFC 1350, section 5; RFC 2347). Immutable; no I/O. */
final class TftpPacket {
  static final int READ = 1;
  static final int WRITE = 2;
  static final int DATA = 3;
  static final int ACK = 4;
  static final int ERROR = 5;
  static final int OPTIONS = 6;

  /** The block size of a transfer without options. */
  static final int CLASSIC_BLOCK = 512;

  private static final int HEAD = 4;

  private final byte[] bytes;

  private TftpPacket(byte[] bytes) {
    this.bytes = bytes;
  }

  static TftpPacket parse(byte[] bytes) throws MalformedException {
    TftpPacket packet = new TftpPacket(bytes);
    int kind = bytes.length < 2 ? 0 : packet.kind();
    boolean known = kind == OPTIONS || (kind >= DATA && kind <= ERROR && bytes.length >= HEAD);
    if (!known) {
      throw new MalformedException(
          "an answer is DATA, ACK, OACK or ERROR (RFC 1350)", Quoted.bytes(bytes));
    }
    return packet;
  }

  int kind() {
    return number(0);
  }

  /** The block number of DATA and ACK, the code of ERROR. */
  int number() {
    return number(2);
  }

  private int number(int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }

  /** How many bytes of a file DATA has. */
  int size() {
    return bytes.length - HEAD;
  }

  /** The packet, whose content begins after its header. */
  byte[] bytes() {
    return bytes;
  }

  static int head() {
    return HEAD;
  }

  /** The text of ERROR. */
  String text() {
    int end = HEAD;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return StrictText.utf8OrLatin1(bytes, HEAD, end);
  }

  /** The options of OACK, by lower-case name. */
  Map<String, String> options() throws MalformedException {
    List<String> words = new ArrayList<>();
    int from = 2;
    for (int at = from; at < bytes.length; at++) {
      if (bytes[at] == 0) {
        words.add(StrictText.utf8OrLatin1(bytes, from, at));
        from = at + 1;
      }
    }
    Map<String, String> options = new TreeMap<>();
    for (int i = 0; i + 1 < words.size(); i += 2) {
      options.put(words.get(i).toLowerCase(Locale.ROOT), words.get(i + 1));
    }
    if (from != bytes.length || words.size() % 2 != 0 || options.size() * 2 != words.size()) {
      throw new MalformedException(
          "an OACK has pairs of names and values, each with a NUL (RFC 2347)", Quoted.bytes(bytes));
    }
    return options;
  }

  /** A request for a file in mode octet. */
  static byte[] request(int kind, String file, Map<String, String> options) {
    ByteArrayOutputStream request = start(kind);
    word(request, file);
    word(request, "octet");
    options.forEach((name, value) -> {
      word(request, name);
      word(request, value);
    });
    return request.toByteArray();
  }

  static byte[] ack(int block) {
    ByteArrayOutputStream ack = start(ACK);
    number(ack, block);
    return ack.toByteArray();
  }

  static byte[] data(int block, byte[] content) {
    ByteArrayOutputStream data = start(DATA);
    number(data, block);
    data.writeBytes(content);
    return data.toByteArray();
  }

  static byte[] error(int code, String text) {
    ByteArrayOutputStream error = start(ERROR);
    number(error, code);
    word(error, text);
    return error.toByteArray();
  }

  private static ByteArrayOutputStream start(int kind) {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    number(packet, kind);
    return packet;
  }

  private static void number(ByteArrayOutputStream packet, int number) {
    packet.write(number >> 8);
    packet.write(number);
  }

  private static void word(ByteArrayOutputStream packet, String word) {
    packet.writeBytes(word.getBytes(UTF_8));
    packet.write(0);
  }
}
