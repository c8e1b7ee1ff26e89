package dev.wireline.testing;

import dev.wireline.testing.HostilePeer.Place;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a bad peer says before it misbehaves.
 *
 * @param steps nothing, or a scene
 * @param places where the peers misbehave for which it is played
 */
record Lead(List<Step> steps, Set<Place> places) {

  /** Misbehaves from the first byte. */
  static final Lead NONE =
      new Lead(List.of(), EnumSet.of(Place.ANYWHERE, Place.FIRST, Place.TLS, Place.WITHIN_TLS));

  static Lead of(String script, Set<Place> places) {
    Scene scene = Trials.oneScene(script);
    if (scene.startsTls() || !scene.endsOpen()) {
      throw new IllegalArgumentException(
          "the script starts TLS or ends the connection, which is up to the peers");
    }
    if (places.contains(Place.GO_AHEAD)
        && !(scene.steps().get(scene.size() - 1) instanceof Step.Say)) {
      throw new IllegalArgumentException("the script does not end with the server's go-ahead");
    }
    return new Lead(scene.steps(), places);
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  /** How reports call what comes behind it. */
  String title() {
    return isEmpty() ? "" : ", at \"" + steps.get(steps.size() - 1) + "\"";
  }

  /** Plays it, with something glued to the last that is said. */
  void play(PeerConnection client, String glue) throws InterruptedException {
    if (isEmpty()) {
      return;
    }
    // What the server says in a row is sent together.
    List<Step> glued = new ArrayList<>(steps);
    glued.add(new Step.Say(0, null, glue));
    ScenePlayer player =
        new ScenePlayer(new Scene(glued), PeerConnection::write, null, new Guard(), false);
    if (!player.playScene(client)) {
      throw new AssertionError(player.report("the script before it: " + player.difference()));
    }
  }
}
