package dev.wireline.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the report compares, and with what. Each row is measured in one run.
 *
 * @param title the work
 * @param floor the benchmark that the others are compared with
 * @param ours the benchmarks of Wireline
 * @param peers the benchmarks of others
 */
record BenchTable(String title, Entry floor, List<Entry> ours, List<Entry> peers) {
  /**
   * One benchmark.
   *
   * @param name as the report shows it
   * @param benchmark class and method
   */
  record Entry(String name, String benchmark) {}

  /** The names of those whose name in Java is another. */
  private static final Map<String, String> PEERS = Map.of(
      "angus", "Angus Mail", "commonsNet", "Commons Net", "jedis", "Jedis", "lettuce", "Lettuce");

  static final List<BenchTable> ALL = List.of(
      new BenchTable(
          "GET of 13 bytes",
          raw("GetBenchmark.rawSocket"),
          List.of(client("GetBenchmark.wireline"), agent("GetBenchmark.wirelineAgent")),
          List.of(
              apache("GetBenchmark.apacheHttpClient"),
              new Entry("HttpURLConnection", "GetBenchmark.httpUrlConnection"),
              new Entry("OkHttp", "GetBenchmark.okHttp"),
              new Entry("java.net.http", "GetBenchmark.javaNetHttp"))),
      new BenchTable(
          "GET of 1 MiB as bytes",
          raw("MegabyteBenchmark.rawBytes"),
          List.of(client("MegabyteBenchmark.clientBytes"), agent("MegabyteBenchmark.agentBytes")),
          List.of(apache("MegabyteBenchmark.apacheBytes"))),
      new BenchTable(
          "GET of 1 MiB as a stream",
          raw("MegabyteBenchmark.rawStream"),
          List.of(agent("MegabyteBenchmark.agentStream")),
          List.of()),
      new BenchTable(
          "GET of 1 MiB to a file",
          raw("MegabyteBenchmark.rawFile"),
          List.of(agent("MegabyteBenchmark.agentFile")),
          List.of()),
      new BenchTable(
          "POST of 1 MiB",
          raw("MegabyteBenchmark.rawUpload"),
          List.of(client("MegabyteBenchmark.clientUpload")),
          List.of(apache("MegabyteBenchmark.apacheUpload"))),
      new BenchTable(
          "GET of 1 MiB in chunks",
          raw("PackedBenchmark.rawChunked"),
          List.of(client("PackedBenchmark.clientChunked")),
          List.of(apache("PackedBenchmark.apacheChunked"))),
      new BenchTable(
          "GET of 1 MiB in gzip",
          raw("PackedBenchmark.rawGzip"),
          List.of(agent("PackedBenchmark.agentGzip")),
          List.of(apache("PackedBenchmark.apacheGzip"))),
      new BenchTable(
          "A command and its answer",
          raw("CommandBenchmark.rawSocket"),
          List.of(new Entry("LineClient", "CommandBenchmark.wireline")),
          List.of(new Entry("BufferedReader", "CommandBenchmark.bufferedReader"))),
      new BenchTable(
          "A hundred commands at once",
          raw("CommandBenchmark.rawSocketHundred"),
          List.of(new Entry("Pipeline", "CommandBenchmark.wirelineHundred")),
          List.of()),
      lines("8 MiB of lines of 20 to 100 bytes", "ReadLineBenchmark"),
      lines("8 MiB of lines of 8 bytes", "ShortLineBenchmark"),
      lines("8 MiB of lines of 4 KiB", "LongLineBenchmark"),
      lines("8 MiB of lines beyond ASCII, in UTF-8", "Utf8LineBenchmark"),
      new BenchTable(
          "8 MiB of a text that ends in a dot",
          raw("DotTextBenchmark.rawDrain"),
          List.of(new Entry("DotBlocks", "DotTextBenchmark.wireline")),
          List.of(new Entry("Commons Net", "DotTextBenchmark.commonsNet"))),
      store("Redis: GET", "RedisBenchmark", "Get", "jedis", "lettuce"),
      store("Redis: SET", "RedisBenchmark", "Set", "jedis", "lettuce"),
      store("Redis: a thousand GETs at once", "RedisBenchmark", "Many", "jedis", "lettuce"),
      store("memcached: get", "MemcachedBenchmark", "Get", "xmemcached"),
      store("memcached: set", "MemcachedBenchmark", "Set", "xmemcached"),
      against("SMTP: a mail of 50 MiB", "MailBenchmark", "Send", "angus"),
      against("SMTP: a small command", "MailBenchmark", "Command", "commonsNet"),
      against("POP3: a mail of 50 MiB", "MailBenchmark", "Retrieve", "commonsNet"),
      against("IMAP: 10,000 headers", "MailBenchmark", "Headers", "angus"),
      against("FTP: a file of 50 MiB down", "FtpBenchmark", "Down", "commonsNet"),
      against("FTP: a file of 50 MiB up", "FtpBenchmark", "Up", "commonsNet"),
      against("FTP: a small command", "FtpBenchmark", "Command", "commonsNet"));

  private static BenchTable lines(String title, String in) {
    return new BenchTable(
        title,
        raw(in + ".rawDrain"),
        List.of(new Entry("LineClient", in + ".wireline")),
        List.of(new Entry("BufferedReader", in + ".bufferedReader")));
  }

  /** A row whose floor is a plain socket. */
  private static BenchTable store(String title, String in, String work, String... peers) {
    List<Entry> others =
        Stream.of(peers).map(peer -> peer(peer, in + "." + peer + work)).toList();
    Entry own = new Entry("the example", in + ".wireline" + work);
    return new BenchTable(title, raw(in + ".raw" + work), List.of(own), others);
  }

  /** A row whose floor is a peer: the server costs far more than the socket. */
  private static BenchTable against(String title, String in, String work, String peer) {
    Entry floor = peer(peer, in + "." + peer + work);
    return new BenchTable(
        title, floor, List.of(new Entry("Wireline", in + ".wireline" + work)), List.of());
  }

  private static Entry raw(String benchmark) {
    return new Entry("plain socket", benchmark);
  }

  private static Entry peer(String peer, String benchmark) {
    return new Entry(PEERS.getOrDefault(peer, peer), benchmark);
  }

  private static Entry client(String benchmark) {
    return new Entry("HttpClient", benchmark);
  }

  private static Entry agent(String benchmark) {
    return new Entry("HttpAgent", benchmark);
  }

  private static Entry apache(String benchmark) {
    return new Entry("Apache HttpClient", benchmark);
  }

  /** All of the row, the floor first. */
  List<Entry> entries() {
    List<Entry> all = new ArrayList<>();
    all.add(floor);
    all.addAll(ours);
    all.addAll(peers);
    return all;
  }
}
