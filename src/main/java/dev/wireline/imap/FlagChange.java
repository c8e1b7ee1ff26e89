package dev.wireline.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A change of flags (RFC 9051, section 6.4.6). Immutable.
 *
 * <pre>{@code
 * mailbox.store(set, FlagChange.add("\\Seen"));
 * mailbox.store(set, FlagChange.remove("\\Flagged").unchangedSince(modSeq));
 * }</pre>
 */
public final class FlagChange {
  private final String item;
  private final List<String> flags;
  private final OptionalLong unchangedSince;

  private FlagChange(String item, List<String> flags, OptionalLong unchangedSince) {
    this.item = item;
    this.flags = flags;
    this.unchangedSince = unchangedSince;
  }

  /**
   * Adds flags to the existing ones.
   *
   * @param flags the flags: {@code \Seen}, {@code \Answered}, {@code \Flagged}, {@code \Deleted}, {@code \Draft}, or
   *     atoms
   * @return the change
   * @throws IllegalArgumentException if one is not a valid flag
   */
  public static FlagChange add(String... flags) {
    return of("+FLAGS.SILENT", flags);
  }

  /**
   * Removes flags.
   *
   * @param flags as {@link #add}
   * @return the change
   * @throws IllegalArgumentException as {@link #add}
   */
  public static FlagChange remove(String... flags) {
    return of("-FLAGS.SILENT", flags);
  }

  /**
   * Replaces all flags.
   *
   * @param flags as {@link #add}; may be empty
   * @return the change
   * @throws IllegalArgumentException as {@link #add}
   */
  public static FlagChange set(String... flags) {
    return of("FLAGS.SILENT", flags);
  }

  private static FlagChange of(String item, String... flags) {
    return new FlagChange(
        item, checked(Objects.requireNonNull(flags, "flags")), OptionalLong.empty());
  }

  /** Checks that all flags are atoms, optionally with a backslash. */
  static List<String> checked(String... flags) {
    List<String> checked = new ArrayList<>();
    for (String flag : flags) {
      String name =
          Objects.requireNonNull(flag, "flag").startsWith("\\") ? flag.substring(1) : flag;
      ImapCommand.checkAtom("flag", name);
      checked.add(flag);
    }
    return List.copyOf(checked);
  }

  /**
   * This change, only for messages that have not changed since (RFC 7162, section 3.1.3).
   *
   * @param modSeq a modification sequence, 0 or more
   * @return the change
   * @throws IllegalArgumentException if it is less than 0
   */
  public FlagChange unchangedSince(long modSeq) {
    if (modSeq < 0) {
      throw new IllegalArgumentException("a modification sequence is 0 or more, not " + modSeq);
    }
    return new FlagChange(item, flags, OptionalLong.of(modSeq));
  }

  /** Adds the change after STORE and its messages. */
  ImapCommand addTo(ImapCommand command) {
    ImapCommand conditional = unchangedSince.isEmpty()
        ? command
        : command.list(List.of("UNCHANGEDSINCE", String.valueOf(unchangedSince.getAsLong())));
    return conditional.word(item).list(flags);
  }

  /**
   * The change as it is sent.
   *
   * @return such as {@code +FLAGS.SILENT (\Seen)}
   */
  @Override
  public String toString() {
    return item + " (" + String.join(" ", flags) + ")";
  }
}
