package dev.wireline.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The grammar of envelopes and body structures (RFC 9051, section 9). No I/O of its own. */
final class Structures {
  private Structures() {}

  static ImapEnvelope envelope(Tokens tokens) throws IOException {
    tokens.open();
    ImapEnvelope envelope = new ImapEnvelope(
        tokens.string(),
        tokens.string(),
        addresses(tokens),
        addresses(tokens),
        addresses(tokens),
        addresses(tokens),
        addresses(tokens),
        addresses(tokens),
        tokens.string(),
        tokens.string());
    tokens.skipRest();
    return envelope;
  }

  /** Addresses; the start and the end of a group, which have no host, are left out. */
  private static List<ImapAddress> addresses(Tokens tokens) throws IOException {
    List<ImapAddress> addresses = new ArrayList<>();
    if (tokens.openOrNil()) {
      while (!tokens.closes()) {
        tokens.open();
        String name = tokens.string();
        tokens.nstring();
        String mailbox = tokens.string();
        String host = tokens.nstring();
        tokens.skipRest();
        if (host != null) {
          addresses.add(new ImapAddress(name, mailbox, host));
        }
      }
    }
    return addresses;
  }

  static BodyPart body(Tokens tokens) throws IOException {
    return body(tokens, "", true);
  }

  /**
   * The parts of a multipart are numbered below its own number; the body of a message is numbered 1, or by its
   * parts.
   */
  private static BodyPart body(Tokens tokens, String section, boolean isMessage)
      throws IOException {
    tokens.open();
    if (tokens.peek() == '(') {
      return multipart(tokens, section);
    }
    String own = isMessage ? below(section, 1) : section;
    return single(tokens, own);
  }

  private static BodyPart multipart(Tokens tokens, String section) throws IOException {
    List<BodyPart> parts = new ArrayList<>();
    while (tokens.peek() == '(') {
      parts.add(body(tokens, below(section, parts.size() + 1), false));
    }
    String type = "multipart/" + lower(tokens.string());
    boolean extended = !tokens.closes();
    Map<String, String> parameters = extended ? parameters(tokens) : Map.of();
    Disposition disposition = extended ? disposition(tokens) : Disposition.NONE;
    return new BodyPart(
        section,
        type,
        parameters,
        "",
        0,
        disposition.kind,
        disposition.parameters,
        Optional.empty(),
        parts);
  }

  private static BodyPart single(Tokens tokens, String section) throws IOException {
    String type = lower(tokens.string());
    String full = type + "/" + lower(tokens.string());
    Map<String, String> parameters = parameters(tokens);
    tokens.nstring();
    tokens.nstring();
    String encoding = lower(tokens.string());
    long bytes = tokens.number();
    Optional<ImapEnvelope> envelope = Optional.empty();
    List<BodyPart> parts = List.of();
    if ((full.equals("message/rfc822") || full.equals("message/global")) && tokens.peek() == '(') {
      envelope = Optional.of(envelope(tokens));
      parts = List.of(body(tokens, section, true));
      tokens.number();
    } else if (type.equals("text") && tokens.peek() != ')') {
      tokens.number();
    }
    Disposition disposition = Disposition.NONE;
    if (!tokens.closes()) {
      tokens.nstring();
      disposition = disposition(tokens);
    }
    return new BodyPart(
        section,
        full,
        parameters,
        encoding,
        bytes,
        disposition.kind,
        disposition.parameters,
        envelope,
        parts);
  }

  private record Disposition(String kind, Map<String, String> parameters) {
    static final Disposition NONE = new Disposition("", Map.of());
  }

  /** The disposition and everything after it, to the end of the part. */
  private static Disposition disposition(Tokens tokens) throws IOException {
    Disposition disposition = Disposition.NONE;
    if (tokens.peek() == '(') {
      tokens.open();
      disposition = new Disposition(lower(tokens.string()), parameters(tokens));
      tokens.skipRest();
    } else if (tokens.peek() != ')') {
      tokens.nstring();
    }
    tokens.skipRest();
    return disposition;
  }

  private static Map<String, String> parameters(Tokens tokens) throws IOException {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (tokens.peek() != ')' && tokens.openOrNil()) {
      while (!tokens.closes()) {
        parameters.putIfAbsent(lower(tokens.string()), tokens.string());
      }
    }
    return parameters;
  }

  private static String below(String section, int number) {
    return section.isEmpty() ? String.valueOf(number) : section + "." + number;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
