package dev.wireline.ftp;

import dev.wireline.error.Activity;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.internal.Quoted;
import dev.wireline.line.Incoming;
import dev.wireline.line.Reply;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The entries of folders, in whatever form the server sends them. */
final class Listing {
  private static final Activity LISTING = new Activity(Phase.READ, "reading a listing of");

  private final FtpClient client;
  private final FtpOptions options;

  Listing(FtpClient client, FtpOptions options) {
    this.client = client;
    this.options = options;
  }

  /** Takes entries until it has enough. */
  interface Taker {
    /** Takes an entry; false if it is one too many. */
    boolean take(FtpEntry entry);
  }

  List<FtpEntry> entries(String path) throws IOException {
    return entries(path, entry -> true);
  }

  /** The wanted entries of a listing, which is limited in size whether they are wanted or not. */
  private List<FtpEntry> entries(String path, Predicate<FtpEntry> wanted) throws IOException {
    int most = options.maxEntries();
    int mostBytes = options.line().maxReadBytes();
    List<FtpEntry> entries = new ArrayList<>();
    int[] seen = new int[1];
    long[] bytes = new long[1];
    boolean all = each(path, entry -> {
      seen[0]++;
      bytes[0] += entry.line().length();
      if (wanted.test(entry)) {
        entries.add(entry);
      }
      return seen[0] <= most && bytes[0] <= mostBytes;
    });
    if (!all && seen[0] > most) {
      client.exceed("maxEntries", most);
    } else if (!all) {
      client.exceed("maxReadBytes", mostBytes);
    }
    return entries;
  }

  /** Reads a listing to its end, or until there are too many entries. */
  boolean each(String path, Taker taker) throws IOException {
    boolean machine = client.listsForMachines();
    Instant now = options.clock().instant();
    String odd = null;
    // Lines that are not entries of the folder are skipped, but not without limit.
    int most = options.maxEntries();
    int passed = 0;
    try (Incoming lines = client.lines(machine ? "MLSD" : "LIST", path, true)) {
      for (String line = next(lines); line != null && passed <= most; line = next(lines)) {
        boolean empty = ListLine.isEmpty(line);
        FtpEntry entry = empty
            ? null
            : machine ? MachineLine.parse(line) : ListLine.parse(line, options.zone(), now);
        if (entry == null || isFolderItself(entry)) {
          odd = entry == null && !empty && odd == null ? line : odd;
          passed++;
        } else if (!taker.take(entry)) {
          return false;
        }
      }
    }
    if (passed > most) {
      client.exceed("maxEntries", most);
    }
    if (odd != null) {
      throw odd(odd);
    }
    return true;
  }

  /** The next line with an entry; null at the end. */
  private @Nullable String next(Incoming lines) throws IOException {
    return lines.readLineOrEnd().map(client::decoded).orElse(null);
  }

  private static boolean isFolderItself(FtpEntry entry) {
    return entry.name().equals(".")
        || entry.name().equals("..")
        || MachineLine.isFolderItself(entry);
  }

  /** For use after the end of the listing, so that the next command may follow. */
  private PeerProtocolException odd(String line) {
    return new PeerProtocolException(
        client.endpoint(),
        LISTING,
        "a line of a listing must be of MLSD, or of LIST as Unix or DOS has it",
        Quoted.text(line),
        true);
  }

  Optional<FtpEntry> stat(String path) throws IOException {
    return client.listsForMachines() ? machineStat(path) : listedStat(path);
  }

  private Optional<FtpEntry> machineStat(String path) throws IOException {
    Optional<Reply> reply = client.machineFacts(path);
    if (reply.isEmpty()) {
      return Optional.empty();
    }
    for (String line : reply.get().lines()) {
      // Some servers leave out the space before the facts.
      FtpEntry entry = MachineLine.parse(line.startsWith(" ") ? line.substring(1) : line);
      if (entry != null) {
        return Optional.of(named(entry, path));
      }
    }
    throw odd(reply.get().text());
  }

  private Optional<FtpEntry> listedStat(String path) throws IOException {
    String bare =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    int slash = bare.lastIndexOf('/');
    String folder = slash < 0 ? "" : slash == 0 ? "/" : bare.substring(0, slash);
    String name = bare.substring(slash + 1);
    return entries(folder, entry -> entry.name().equals(name)).stream()
        .findFirst()
        .map(entry -> named(entry, path));
  }

  private static FtpEntry named(FtpEntry entry, String path) {
    return new FtpEntry(
        path, entry.kind(), entry.size(), entry.modified(), entry.facts(), entry.line());
  }
}
