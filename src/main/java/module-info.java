/**
 * Clients that talk over sockets: the bytes, the lines, and HTTP on top of them.
 *
 * <p>The ladder has three steps, each built only on the one below and each usable on its own:
 *
 * <ul>
 *   <li>{@link dev.wireline.net.Wire} carries the bytes of one connection: TCP, TLS or a Unix-domain
 *       socket. A {@link dev.wireline.net.Dialer} makes it.
 *   <li>{@link dev.wireline.line.LineClient} adds lines, and is the class to extend for a protocol of
 *       one's own.
 *   <li>{@link dev.wireline.http.HttpClient} extends it and adds HTTP/1.1.
 * </ul>
 *
 * <p>Beside the ladder stand {@link dev.wireline.endpoint.Endpoint}, the name of a peer; {@link
 * dev.wireline.url.HttpUrl}; {@link dev.wireline.header.Headers}; a package for each further protocol, such as
 * {@link dev.wireline.gopher} and {@link dev.wireline.telnet}; and the exceptions under {@link
 * dev.wireline.error.WirelineException}. The test kit, which plays real servers for tests of clients, is a
 * module of its own, {@code dev.wireline.testing}, in the jar with the classifier {@code testing}.
 *
 * <p>Everything runs in the calling thread; every read has a bound and a deadline; an answer is complete
 * or an exception.
 */
module dev.wireline {
  requires org.slf4j;
  requires static jdk.jfr;
  requires static org.jspecify;

  exports dev.wireline.daytime;
  exports dev.wireline.dict;
  exports dev.wireline.endpoint;
  exports dev.wireline.error;
  exports dev.wireline.fetch;
  exports dev.wireline.finger;
  exports dev.wireline.gemini;
  exports dev.wireline.gopher;
  exports dev.wireline.ftp;
  exports dev.wireline.header;
  exports dev.wireline.http;
  exports dev.wireline.http.cache;
  exports dev.wireline.http.cookie;
  exports dev.wireline.ident;
  exports dev.wireline.imap;
  exports dev.wireline.line;
  exports dev.wireline.net;
  exports dev.wireline.nntp;
  exports dev.wireline.pop3;
  exports dev.wireline.sasl;
  exports dev.wireline.smtp;
  exports dev.wireline.sntp;
  exports dev.wireline.stability;
  exports dev.wireline.telnet;
  exports dev.wireline.tftp;
  exports dev.wireline.time;
  exports dev.wireline.url;
  exports dev.wireline.whois;
}
