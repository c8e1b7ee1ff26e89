package dev.wireline.interop;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.net.Connector;
import dev.wireline.net.SocksProxy;
import java.io.IOException;

class MicrosocksTest extends ProxyCases {
  @Override
  ProxyServer start() throws IOException {
    return PairOfProxies.microsocks();
  }

  @Override
  Connector through(Endpoint proxy) {
    return SocksProxy.of(proxy);
  }

  @Override
  Connector through(Endpoint proxy, String user, String password) {
    return SocksProxy.of(proxy, user, password);
  }
}
