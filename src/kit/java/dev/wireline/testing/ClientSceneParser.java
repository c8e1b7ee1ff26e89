package dev.wireline.testing;

import java.util.List;
import java.util.Set;

/** Reads the steps for one connection that a client plays: it says the {@code C:} lines, and has to know them. */
final class ClientSceneParser extends SceneParser {

  ClientSceneParser(Set<String> known) {
    super(known);
  }

  @Override
  boolean isSpeaker() {
    return false;
  }

  @Override
  void checkSaid(Template said, String line, int number) {
    choices(said.toString()).forEach(choice -> choice.eachName(this::capture));
  }

  /** The first of several choices is said; what may be said at any time is not. */
  @Override
  void checkHeard(List<Template> choices, String line, int number) {
    if (isInBlock()) {
      return;
    }
    Template said = choices.get(0);
    if (said.hasNameless()) {
      throw refused(number, "says any text, {*}, in place of {a-name*} with a value", line);
    }
    said.eachName(name -> {
      if (!isKnown(name)) {
        throw refused(number, "says {" + name + "}, for which there is no value", line);
      }
    });
  }
}
