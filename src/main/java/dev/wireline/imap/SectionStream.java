package dev.wireline.imap;

import dev.wireline.line.Incoming;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A FETCH whose only literal is a stream: handles what comes before and after it. */
final class SectionStream {
  private final Commands commands;
  private final ImapClient client;
  private final Responses responses;
  private final ImapCommand command;
  private final long uid;
  private final String section;
  private String tag = "";
  private @Nullable FetchItems items;
  private @Nullable Tokens literal;
  private @Nullable Incoming found;

  SectionStream(Commands commands, ImapCommand command, long uid, String section) {
    this.commands = commands;
    this.client = commands.client;
    this.responses = commands.responses;
    this.command = command;
    this.uid = uid;
    this.section = section;
  }

  Incoming begin() throws IOException {
    responses.begin();
    tag = commands.send(command);
    while (found == null) {
      Responses.Response response = responses.next();
      if (response.head.equals(tag)) {
        StatusLine done = responses.tagged(response.tokens, command.toString());
        throw client.noSuchSection(done, command.toString());
      }
      responses.untagged(response, command.toString(), this::take);
    }
    return found;
  }

  /** Stops before the literal: the tokens after it are left for the end. */
  private boolean take(String name, long number, Tokens tokens) throws IOException {
    if (!name.equals("FETCH")) {
      return false;
    }
    FetchItems coming = new FetchItems(number, tokens);
    for (String item = coming.next(); item != null; item = coming.next()) {
      if (found == null && section.equals(FetchItems.section(item)) && tokens.isLiteral()) {
        literal = tokens;
        items = coming;
        found = commands
            .blocks
            .withMaxBytes(commands.options.maxMailBytes())
            .open(tokens.literalLength());
        tokens.rest();
        return true;
      }
      coming.read(item);
    }
    inMemory(coming);
    return true;
  }

  /** A short section may come as a string. */
  private void inMemory(FetchItems coming) {
    byte[] bytes = coming.parts.sections.get(section);
    if (found == null && bytes != null && coming.parts.uid == uid) {
      found =
          Incoming.of(new ByteArrayInputStream(bytes), client.endpoint(), commands.options.line());
    } else if (found == null) {
      FetchedMail fetched = coming.parts.done();
      responses.tell(
          new ImapEvent(ImapEvent.Kind.FETCH, coming.parts.number, Optional.of(fetched), ""));
    }
  }

  void end(boolean whole) throws IOException {
    FetchItems rest = items;
    Tokens behind = literal;
    if (rest != null && behind != null) {
      behind.resume();
      rest.rest();
      if (rest.parts.uid != uid) {
        throw client.nonsense(
            "the section is of the message that was asked for", "UID " + rest.parts.uid);
      }
    }
    responses.finish(tag, command.toString(), Responses.NOTHING);
  }
}
