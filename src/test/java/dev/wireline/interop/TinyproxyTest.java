package dev.wireline.interop;

import java.io.IOException;

class TinyproxyTest extends HttpProxyCases {
  @Override
  ProxyServer start() throws IOException {
    return PairOfProxies.tinyproxy();
  }
}
