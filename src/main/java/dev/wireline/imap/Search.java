package dev.wireline.imap;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Search criteria (RFC 9051, section 6.4.4), all of which must match. Immutable; each method returns another
 * search.
 *
 * <pre>{@code
 * Search.all().key("UNSEEN").text("FROM", "ann").date("SINCE", LocalDate.of(2026, 1, 31))
 * }</pre>
 */
public final class Search {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d-MMM-uuuu", Locale.ENGLISH);

  private static final Search ALL = new Search(command -> command, false);

  private final UnaryOperator<ImapCommand> keys;
  private final boolean foreign;

  private Search(UnaryOperator<ImapCommand> keys, boolean foreign) {
    this.keys = keys;
    this.foreign = foreign;
  }

  /**
   * All messages of the mailbox.
   *
   * @return a search without keys
   */
  public static Search all() {
    return ALL;
  }

  /**
   * Adds a key without an argument.
   *
   * @param key such as {@code UNSEEN}, {@code FLAGGED} or {@code NOT DELETED}
   * @return a narrower search
   * @throws IllegalArgumentException if it is not a valid key
   */
  public Search key(String key) {
    String checked = ImapCommand.checkedItem("key", key);
    return with(command -> command.word(checked), false);
  }

  /**
   * Adds a key with a text, which may be in any language.
   *
   * @param key such as {@code SUBJECT}, {@code FROM}, {@code TEXT} or {@code HEADER Message-ID}
   * @param text what it must contain
   * @return a narrower search
   * @throws IllegalArgumentException if the key is not valid, or the text contains NUL
   */
  public Search text(String key, String text) {
    String checked = ImapCommand.checkedItem("key", key);
    ImapCommand.of("SEARCH").string(Objects.requireNonNull(text, "text"));
    return with(command -> command.word(checked).string(text), text.chars().anyMatch(c -> c > '~'));
  }

  /**
   * Adds a key with a number.
   *
   * @param key such as {@code LARGER}, {@code SMALLER} or {@code MODSEQ}
   * @param number 0 or more
   * @return a narrower search
   * @throws IllegalArgumentException if the key is not valid, or the number is less than 0
   */
  public Search number(String key, long number) {
    String checked = ImapCommand.checkedItem("key", key);
    ImapCommand.of("SEARCH").number(number);
    return with(command -> command.word(checked).number(number), false);
  }

  /**
   * Adds a key with a date.
   *
   * @param key such as {@code SINCE}, {@code BEFORE}, {@code ON} or {@code SENTSINCE}
   * @param date the date, regardless of time zones
   * @return a narrower search
   * @throws IllegalArgumentException if the key is not valid
   */
  public Search date(String key, LocalDate date) {
    String checked = ImapCommand.checkedItem("key", key);
    String text = DATE.format(Objects.requireNonNull(date, "date"));
    return with(command -> command.word(checked).word(text), false);
  }

  /**
   * Restricts the search to these messages.
   *
   * @param messages the messages, at least one
   * @return a narrower search
   * @throws IllegalArgumentException if there are none
   */
  public Search in(MessageSet messages) {
    ImapCommand.of("SEARCH").messages(messages);
    return with(
        command -> (messages.isUids() ? command.word("UID") : command).messages(messages), false);
  }

  private Search with(UnaryOperator<ImapCommand> key, boolean isForeign) {
    return new Search(command -> key.apply(keys.apply(command)), foreign || isForeign);
  }

  /** Adds the charset, if one is needed, and the keys. */
  ImapCommand addTo(ImapCommand command, boolean utf8) {
    ImapCommand begun = foreign && !utf8 ? command.word("CHARSET UTF-8") : command;
    return keys.apply(this == ALL ? begun.word("ALL") : begun);
  }

  /**
   * The search as it is sent.
   *
   * @return the keys
   */
  @Override
  public String toString() {
    return addTo(ImapCommand.of("SEARCH"), true).toString();
  }
}
