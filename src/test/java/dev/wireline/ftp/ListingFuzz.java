package dev.wireline.ftp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wireline.http.Holds;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Lines of LIST and MLSD, ports and times: any text is an entry of what it says, or none. */
public final class ListingFuzz {
  private static final Instant NOW = Instant.parse("2024-03-01T12:00:00Z");
  private static final Path FOLDER = Path.of("folder");

  private ListingFuzz() {}

  public static void check(byte[] input) {
    for (String line : new String(input, ISO_8859_1).split("\n", -1)) {
      look(line, ListLine.parse(line, ZoneOffset.UTC, NOW));
      look(line, MachineLine.parse(line));
      port(PortReply.extended(line));
      port(PortReply.classic(line));
      TimeVal.parse(line).ifPresent(time -> Holds.same(14, TimeVal.text(time).length(), "a time"));
      Names.quoted(line).ifPresent(path -> Holds.that(!path.isEmpty(), "a path in quotes"));
    }
  }

  private static void look(String line, @Nullable FtpEntry entry) {
    if (entry == null) {
      return;
    }
    Holds.same(line, entry.line(), "the line as it came");
    Holds.that(!entry.name().isEmpty() && line.contains(entry.name()), "a name that was said");
    Holds.that(entry.size().orElse(0) >= 0, "a size");
    Names.within(FOLDER, entry.name())
        .ifPresent(path ->
            Holds.that(FOLDER.equals(path.normalize().getParent()), "a file in the folder"));
  }

  private static void port(int port) {
    Holds.that(port == PortReply.NONE || (port > 0 && port < 65_536), "a port or none");
  }
}
