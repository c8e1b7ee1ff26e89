package dev.wireline.net;

import dev.wireline.stability.NotFrozen;
import java.util.List;

/** Hears what is said to proxies on the way to a peer, as far as it is said in lines. */
@NotFrozen
public interface ProxyListener {
  /**
   * Lines that leave together.
   *
   * @param lines the lines without their ends, with what is secret in them masked
   */
  void sent(List<String> lines);

  /**
   * Lines that have come together.
   *
   * @param lines the lines without their ends, with what is secret in them masked
   */
  void received(List<String> lines);
}
