package dev.wireline.build.wrong.net;

import dev.wireline.build.wrong.endpoint.Place;
import dev.wireline.build.wrong.internal.Log;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/** Right: sockets, threads and clocks belong here. */
public final class Link {
  private Link() {}

  public static void open(Place place) throws IOException {
    Log.say(Thread.currentThread() + " at " + System.nanoTime());
    SocketChannel.open(new InetSocketAddress(place.host(), place.port())).close();
  }
}
