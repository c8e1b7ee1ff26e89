package dev.wireline.imap;

import dev.wireline.line.Refusal;
import dev.wireline.line.ReplyException;

/** The server answered a fetch of a section with OK and without the section. The connection stays usable. */
public final class NoSuchSectionException extends ReplyException {
  private static final long serialVersionUID = 1;

  NoSuchSectionException(Refusal<StatusLine> refusal) {
    super("the server sent no such section:", refusal);
  }
}
