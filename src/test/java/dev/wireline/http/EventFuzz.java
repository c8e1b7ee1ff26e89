package dev.wireline.http;

import dev.wireline.internal.TooLargeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The lines of a stream of server-sent events, which end in LF here. */
final class EventFuzz {
  private static final int MAX_CHARS = 64;

  private EventFuzz() {}

  static void check(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    List<String> plain = new ArrayList<>();
    List<String> padded = new ArrayList<>();
    String end = read(text, "", plain);
    // A comment and a field that nobody knows change nothing, wherever they stand.
    String paddedEnd = read(text, ":data: x\nunknown: x\n", padded);
    Holds.same(plain, padded, "events beside comments");
    Holds.same(end, paddedEnd, "end beside comments");
  }

  private static String read(String text, String before, List<String> events) {
    EventParser parser = new EventParser(MAX_CHARS, "first");
    try {
      for (String line : text.split("\n", -1)) {
        for (String more : (before + line).split("\n", -1)) {
          ServerSentEvent event = parser.line(more);
          if (event != null) {
            check(parser, event);
            events.add(event.toString());
          }
        }
      }
      return parser.lastEventId() + " " + parser.retry();
    } catch (TooLargeException e) {
      Holds.printable(e.toString());
      return "too large";
    }
  }

  private static void check(EventParser parser, ServerSentEvent event) {
    Holds.that(event.data().length() < MAX_CHARS, "data within its bound");
    Holds.that(!event.type().isEmpty(), "a type");
    Holds.that(event.lastEventId().indexOf('\0') < 0, "an identifier without NUL");
    Holds.same(parser.lastEventId(), event.lastEventId(), "the identifier of the last event");
    event.retry().ifPresent(wait -> Holds.that(!wait.isNegative(), "a wait that can be waited"));
  }
}
