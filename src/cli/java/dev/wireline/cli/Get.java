package dev.wireline.cli;

import dev.wireline.fetch.Fetched;
import dev.wireline.fetch.Urls;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches a URL. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Fetches a URL: http, https, ftp, ftps, gopher, gophers, data or file.",
    footer = {
      "",
      "Examples:",
      "  wireline get https://example.org/",
      "  wireline get -i -H 'Accept: text/plain' https://example.org/",
      "  wireline get --json '{\"name\":\"x\"}' https://api.example/items",
      "  wireline get -o big.iso --resume https://example.org/big.iso",
      "  wireline get --time https://example.org/ > page.html"
    })
final class Get implements Callable<Integer> {
  private static final Path OUTPUT = Path.of("-");

  private final Streams streams;
  private OutputStream document = OutputStream.nullOutputStream();

  @Parameters(paramLabel = "URL", description = "What to fetch.")
  String url = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Save it in a file, which appears when it is whole; - is standard output.")
  @Nullable
  Path output;

  @Option(
      names = "--resume",
      description = "Go on where an earlier try stopped, and keep what this one gets; with -o.")
  boolean resume;

  @Option(
      names = {"-I", "--head"},
      description = "Show what is known of it, and not its content.")
  boolean head;

  @Option(
      names = {"-i", "--include"},
      description = "Show what is known of it, and then its content.")
  boolean include;

  @Mixin
  Account account = new Account();

  @Option(
      names = "--clear-password",
      description = "Let a password of FTP leave without TLS, to be read by all on the way.")
  boolean clear;

  @Option(
      names = {"-v", "--verbose"},
      description = "Show the conversation on standard error, with secrets masked.")
  boolean verbose;

  @Option(
      names = "--time",
      description = "Show on standard error where the time went, as a waterfall; for HTTP.")
  boolean time;

  @Mixin
  HttpAsking http = new HttpAsking();

  @Mixin
  Connecting connecting = new Connecting();

  Get(Streams streams) {
    this.streams = streams;
  }

  /** Where what was fetched goes if not into a file. */
  OutputStream document() {
    return document;
  }

  @Override
  public Integer call() throws IOException {
    boolean shown = OUTPUT.equals(output);
    if (shown) {
      output = null;
    }
    document = shown || !streams.outIsTerminal() ? streams.content() : new TextOutput(streams);
    if (resume && output == null) {
      throw new IllegalArgumentException("--resume goes on with a file: name it with -o");
    }
    int end = url.indexOf(':');
    String scheme = end < 0 ? "" : url.substring(0, end).toLowerCase(Locale.ROOT);
    boolean web = scheme.equals("http") || scheme.equals("https");
    if (!web && http.isUsed()) {
      throw new IllegalArgumentException(
          "method, fields, bodies and their like are for http and https");
    }
    if (web) {
      return new HttpGet(this, streams).run();
    }
    return scheme.equals("ftp") || scheme.equals("ftps")
        ? new FtpGet(this, streams).run()
        : other(scheme);
  }

  private int other(String scheme) throws IOException {
    var urls = Urls.builder().dialer(connecting.dialer().build());
    if (scheme.equals("file")) {
      urls.allowFiles(Path.of("/"));
    }
    try (Fetched found = urls.build().open(url)) {
      if (head || include) {
        new Fields(streams).show(found.info());
      }
      if (output != null && !head) {
        found.saveTo(output);
      } else if (!head) {
        found.body().transferTo(document);
      }
    }
    return ExitCode.DONE;
  }
}
