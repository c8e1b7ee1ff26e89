package dev.wireline.nntp;

import dev.wireline.internal.Ascii;
import dev.wireline.internal.MalformedException;
import dev.wireline.internal.Quoted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The columns of an overview, in the order of LIST OVERVIEW.FMT (RFC 3977, section 8.4). Immutable; no I/O.
 *
 * <p><b>Lenient:</b> {@code Bytes:} and {@code Lines:} among the first seven are {@code :bytes} and {@code
 * :lines}, as that section allows. A line with fewer columns has no values for the others; in one with more,
 * each extra column names itself.
 */
final class OverviewFormat {
  /** The format of servers that do not say (RFC 3977, section 8.4). */
  static final OverviewFormat STANDARD =
      of(List.of("Subject:", "From:", "Date:", "Message-ID:", "References:", ":bytes", ":lines"));

  private static final int FIXED = 7;

  private final List<Column> columns;

  /** A column; a full one has the name of the header before the value. */
  private record Column(String name, boolean full) {}

  private OverviewFormat(List<Column> columns) {
    this.columns = columns;
  }

  /** Parses the format; the standard one if there are no lines. */
  static OverviewFormat of(List<String> lines) {
    List<Column> columns = new ArrayList<>();
    for (String line : lines) {
      String name = line.strip().toLowerCase(Locale.ROOT);
      if (!name.isEmpty()) {
        columns.add(column(name, columns.size() < FIXED));
      }
    }
    return columns.isEmpty() ? STANDARD : new OverviewFormat(List.copyOf(columns));
  }

  private static Column column(String name, boolean fixed) {
    if (fixed && (name.equals("bytes:") || name.equals("lines:"))) {
      return new Column(":" + name.substring(0, name.length() - 1), false);
    }
    int colon = name.indexOf(':', 1);
    boolean full = colon > 0 && name.endsWith(":full");
    return new Column(colon > 0 ? name.substring(0, colon) : name, full);
  }

  /** Parses the line of an article. */
  Overview parse(String line) throws MalformedException {
    int tab = line.indexOf('\t');
    long number = Ascii.decimal(tab < 0 ? line : line.substring(0, tab), ArticleRange.MAX);
    if (number < 0) {
      throw new MalformedException(
          "an overview starts with the number of its article (RFC 3977, section 8.3.2)",
          Quoted.text(line));
    }
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; tab >= 0; i++) {
      int start = tab + 1;
      tab = line.indexOf('\t', start);
      put(fields, i, line.substring(start, tab < 0 ? line.length() : tab));
    }
    return new Overview(number, fields);
  }

  private void put(Map<String, String> fields, int index, String text) {
    int colon = text.indexOf(':');
    if (index < columns.size()) {
      Column column = columns.get(index);
      boolean named = column.full && named(text, colon).equals(column.name);
      putValue(fields, column.name, named ? text.substring(colon + 1) : text);
    } else if (!named(text, colon).isEmpty()) {
      putValue(fields, named(text, colon), text.substring(colon + 1));
    }
  }

  private static void putValue(Map<String, String> fields, String name, String value) {
    String bare = value.strip();
    if (!bare.isEmpty()) {
      fields.putIfAbsent(name, bare);
    }
  }

  /** The name before a value, in lower case; empty if there is none. */
  private static String named(String text, int colon) {
    String name = colon < 0 ? "" : text.substring(0, colon);
    return Ascii.isToken(name) ? name.toLowerCase(Locale.ROOT) : "";
  }
}
