package dev.wireline.interop;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.http.HttpProxy;
import dev.wireline.net.Connector;

/** What any proxy that takes CONNECT has to be good for. */
abstract class HttpProxyCases extends ProxyCases {
  @Override
  Connector through(Endpoint proxy) {
    return HttpProxy.of(proxy);
  }

  @Override
  Connector through(Endpoint proxy, String user, String password) {
    return HttpProxy.of(proxy, user, password);
  }
}
