package dev.wireline.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plays a script once: each scene for one client, in the order in which they were accepted. */
final class ScriptPlayer implements Peer {

  /** How long a client waits for those before it that are still in their TLS handshake. */
  private static final Duration TO_SETTLE = Duration.ofSeconds(5);

  private final Guard guard = new Guard();
  private final List<ScenePlayer> players = new ArrayList<>();
  private final String delivery;
  private final BitSet settled = new BitSet();

  private @Nullable String handshakeTrouble;
  private boolean told;
  private boolean verified;
  private int begun;
  private int turnedAway;

  /** The sendings are asked for by the index of a scene; the delivery is for reports. */
  ScriptPlayer(
      Script script,
      IntFunction<Sending> sendings,
      String delivery,
      @Nullable TestCertificate certificate,
      boolean strict) {
    for (Scene scene : script.scenes()) {
      Sending sending = sendings.apply(players.size());
      players.add(new ScenePlayer(scene, sending, certificate, guard, strict));
    }
    this.delivery = delivery;
  }

  @Override
  public void talk(PeerConnection client) throws InterruptedException {
    // A later client may be the faster one, and an earlier one may not come to need a scene.
    guard.await(() -> haveSettled(client.number() - 1), TO_SETTLE);
    ScenePlayer player = guard.changeAndGet(() -> {
      settled.set(client.number());
      return begun < players.size() ? players.get(begun++) : null;
    });
    if (player != null) {
      player.play(client);
    } else {
      guard.change(() -> turnedAway++);
    }
  }

  /** Whether of this many clients each got its scene, or has failed to start TLS. */
  private boolean haveSettled(int count) {
    return settled.nextClearBit(1) > count;
  }

  @Override
  public void handshakeFailed(int number, IOException failure) {
    guard.change(() -> {
      settled.set(number);
      handshakeTrouble = "TLS did not come about: " + Escaped.text(String.valueOf(failure));
    });
  }

  /** Whether all was found to be as in the script. */
  boolean wasVerified() {
    return guard.read(() -> verified);
  }

  String conversation() {
    return guard.read(() -> players.stream()
        .filter(ScenePlayer::wasTaken)
        .map(player -> String.join("\n", player.said()))
        .collect(Collectors.joining("\n" + Script.NEXT_CONNECTION + "\n")));
  }

  /** Waits for the end of the script; throws an AssertionError when it was not reached. */
  void verify(Duration atMost, IntSupplier accepted) {
    guard.change(() -> told = true);
    guard.awaitInTest(() -> isOver(accepted.getAsInt()), atMost);
    for (ScenePlayer player : players) {
      player.awaitHeard();
    }
    guard.change(() -> {
      tellDifferences(player -> true);
      for (int i = 0; i < players.size(); i++) {
        if (!players.get(i).wasPlayed()) {
          throw failure(
              i,
              players.get(i).wasTaken()
                  ? "nothing more happened within " + atMost.toMillis() + " ms"
                  : missing(atMost));
        }
        if (!players.get(i).isOver()) {
          throw failure(i, "the client did not hang up within " + atMost.toMillis() + " ms");
        }
      }
      if (turnedAway > 0) {
        throw new AssertionError("the script has " + players.size() + " connections, and "
            + turnedAway + " more clients came: see <next connection> and times" + delivery);
      }
      verified = true;
    });
  }

  private boolean isOver(int accepted) {
    boolean over = true;
    for (ScenePlayer player : players) {
      if (player.difference() != null) {
        return true;
      }
      over &= player.isOver();
    }
    // Another client may be on its way to the scene that a failed handshake has left.
    return over || (handshakeTrouble != null && begun < players.size() && haveSettled(accepted));
  }

  private String missing(Duration atMost) {
    return handshakeTrouble == null
        ? "no client connected within " + atMost.toMillis() + " ms"
        : handshakeTrouble;
  }

  private void tellDifferences(Predicate<ScenePlayer> which) {
    AssertionError first = firstDifference(which);
    if (first != null) {
      throw first;
    }
  }

  private @Nullable AssertionError firstDifference(Predicate<ScenePlayer> which) {
    for (int i = 0; i < players.size(); i++) {
      String difference = players.get(i).difference();
      if (difference != null && which.test(players.get(i))) {
        return failure(i, difference);
      }
    }
    return null;
  }

  /** What a client said that is not in the script, if one did so far. */
  Optional<Throwable> difference() {
    return Optional.ofNullable(guard.read(() -> firstDifference(ScenePlayer::heardOtherwise)));
  }

  /** Throws an AssertionError when a client said something else and nobody was told so far. */
  void tellDifference() {
    guard.change(() -> {
      boolean known = told;
      told = true;
      if (!known) {
        tellDifferences(ScenePlayer::heardOtherwise);
      }
    });
  }

  private AssertionError failure(int index, String reason) {
    String which =
        players.size() == 1 ? "" : "connection " + (index + 1) + " of " + players.size() + ": ";
    return new AssertionError(players.get(index).report(which + reason) + delivery);
  }
}
