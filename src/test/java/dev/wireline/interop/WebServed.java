package dev.wireline.interop;

/** Tests of agents that one web server runs for. */
interface WebServed {
  WebServer server();
}
