package dev.wireline.nntp;

import dev.wireline.internal.MalformedException;
import dev.wireline.line.Command;
import dev.wireline.line.DotBlocks;
import dev.wireline.line.Incoming;
import dev.wireline.line.Steps;
import dev.wireline.line.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads answers line by line: lists, overviews and headers. Not thread-safe. */
final class Lists {
  private final NntpClient client;
  private final Session session;
  private final int maxEntries;
  private final DotBlocks texts;

  Lists(NntpClient client, Session session, int maxEntries) {
    this.client = client;
    this.session = session;
    this.maxEntries = maxEntries;
    this.texts = DotBlocks.of(client);
  }

  /** Parses a line. */
  interface Parser<T> {
    T parse(String line) throws IOException;
  }

  /** Takes what comes. */
  interface Taker<T> {
    void take(T one) throws IOException;
  }

  <T> List<T> list(Command command, int code, Parser<T> parser) throws IOException {
    List<T> all = new ArrayList<>();
    client.run(
        () -> each(() -> session.ask(command, code), texts, line -> add(all, parser.parse(line))));
    return Collections.unmodifiableList(all);
  }

  List<Overview> overviews(ArticleRange range) throws IOException {
    List<Overview> all = new ArrayList<>();
    overviews(range, texts, each -> add(all, each));
    return Collections.unmodifiableList(all);
  }

  /** Without a limit for the whole: the range is one. */
  void overviews(ArticleRange range, Taker<Overview> taker) throws IOException {
    overviews(range, texts.withMaxBytes(Long.MAX_VALUE), taker);
  }

  private void overviews(ArticleRange range, DotBlocks bounded, Taker<Overview> taker)
      throws IOException {
    Ascending numbers = new Ascending(client, range);
    client.run(() -> {
      OverviewFormat format = session.overviewFormat();
      return eachOf(() -> session.ask("OVER", verb -> about(verb, range), 224), bounded, line -> {
        Overview article = parsed(format, line);
        numbers.check(article.number(), line);
        taker.take(article);
      });
    });
  }

  private static Command about(String verb, Object articles) {
    return Session.command(verb).atom(articles.toString());
  }

  private static Command about(String verb, String field, Object articles) {
    return Session.command(verb).atom(field).atom(articles.toString());
  }

  Overview overview(MessageId id) throws IOException {
    return client.run(() -> {
      OverviewFormat format = session.overviewFormat();
      session.ask("OVER", verb -> about(verb, id), 224);
      return parsed(format, oneLine());
    });
  }

  private Overview parsed(OverviewFormat format, String line) throws IOException {
    try {
      return format.parse(line);
    } catch (MalformedException e) {
      throw client.broken(e.rule(), line);
    }
  }

  List<HeaderValue> headers(String field, ArticleRange range) throws IOException {
    Ascending numbers = new Ascending(client, range);
    List<HeaderValue> all = new ArrayList<>();
    Steps<?> asked = () -> session.ask("HDR", verb -> about(verb, field, range), 225, 221);
    client.run(() -> eachOf(asked, texts, line -> {
      HeaderValue value = Listed.header(client, line);
      numbers.check(value.number(), line);
      add(all, value);
    }));
    return Collections.unmodifiableList(all);
  }

  String header(String field, MessageId id) throws IOException {
    return client.run(() -> {
      session.ask("HDR", verb -> about(verb, field, id), 225, 221);
      Words words = Words.of(client, oneLine());
      words.next();
      return Listed.value(words);
    });
  }

  private String oneLine() throws IOException {
    List<String> lines = texts.read().readLines();
    if (lines.size() != 1) {
      throw client.broken("an answer about one article has one line", lines.size() + " lines");
    }
    return lines.get(0);
  }

  private <T> void add(List<T> all, T one) throws IOException {
    if (all.size() == maxEntries) {
      throw client.tooMany(maxEntries);
    }
    all.add(one);
  }

  /** An empty range is a refusal by the server but not a failure; XOVER has a different code for it than OVER. */
  private boolean eachOf(Steps<?> asked, DotBlocks bounded, Taker<String> taker)
      throws IOException {
    try {
      return each(asked, bounded, taker);
    } catch (NntpException e) {
      if (e.code() != 423 && e.code() != 420) {
        throw e;
      }
      return false;
    }
  }

  /** Reads a text line by line. It has the client to itself: a consumer that uses the client is refused. */
  private boolean each(Steps<?> asked, DotBlocks bounded, Taker<String> taker) throws IOException {
    Incoming lines = client.open(() -> {
      asked.run();
      return bounded.read();
    });
    for (Optional<String> line = lines.readLineOrEnd();
        line.isPresent();
        line = lines.readLineOrEnd()) {
      taker.take(line.get());
    }
    return true;
  }
}
