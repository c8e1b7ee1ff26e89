package dev.wireline.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** A conversation in its written form: a scene for each connection. Immutable. */
record Script(List<Scene> scenes) {

  /** What stands between two connections. */
  static final String NEXT_CONNECTION = "<next connection>";

  Script {
    scenes = List.copyOf(scenes);
  }

  static Script parse(String text) {
    return parse(text, SceneParser::new);
  }

  /** Reads what a client is to play that knows values for some names. */
  static Script forClient(String text, Set<String> known) {
    return parse(text, () -> new ClientSceneParser(known));
  }

  private static Script parse(String text, Supplier<SceneParser> parsers) {
    List<Scene> scenes = new ArrayList<>();
    SceneParser parser = parsers.get();
    int number = 0;
    for (String line : Objects.requireNonNull(text, "script").lines().toList()) {
      number++;
      if (line.strip().equals(NEXT_CONNECTION)) {
        scenes.add(parser.scene());
        parser = parsers.get();
      } else if (!line.isBlank() && !line.startsWith("#")) {
        parser.take(line, number);
      }
    }
    scenes.add(parser.scene());
    return new Script(scenes);
  }

  Script repeated(int times) {
    List<Scene> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      all.addAll(scenes);
    }
    return new Script(all);
  }

  boolean startsTls() {
    return scenes.stream().anyMatch(Scene::startsTls);
  }
}
