/**
 * Socket clients for HTTP, mail, FTP and your own protocols.
 *
 * <p>For HTTP, use an {@link dev.wireline.http.HttpAgent}, one for the whole program:
 *
 * <pre>{@code
 * HttpAgent agent =
 *     HttpAgent.builder().credentials(origin, Credentials.bearer(token)).build();
 * String tides = agent.get(origin + "/tides").requireSuccess().text();
 * agent.close(); // when the program ends
 * }</pre>
 *
 * <p>For a line-based protocol of your own, extend {@link dev.wireline.line.LineClient}:
 *
 * <pre>{@code
 * public final class Clock extends LineClient {
 *   public Clock(String endpoint) {
 *     super(endpoint, 4711); // the port where the endpoint names none
 *   }
 *
 *   public String time() throws IOException {
 *     return exchange(() -> {
 *       writeLine("TIME");
 *       return readLine();
 *     });
 *   }
 * }
 * }</pre>
 *
 * <table class="striped">
 *   <caption>What to take</caption>
 *   <thead>
 *     <tr><th scope="col">for</th><th scope="col">take</th></tr>
 *   </thead>
 *   <tbody>
 *     <tr><td>any http or https URL, from any thread</td><td>{@link dev.wireline.http.HttpAgent}</td></tr>
 *     <tr><td>one origin over one connection, also a Unix-domain socket</td><td>{@link
 *         dev.wireline.http.HttpClient}</td></tr>
 *     <tr><td>a URL of any scheme with one call</td><td>{@link dev.wireline.fetch.Urls}</td></tr>
 *     <tr><td>mail</td><td>{@link dev.wireline.smtp.SmtpClient}, {@link dev.wireline.pop3.Pop3Client}, {@link
 *         dev.wireline.imap.ImapClient}</td></tr>
 *     <tr><td>files</td><td>{@link dev.wireline.ftp.FtpClient}, {@link dev.wireline.tftp.Tftp}</td></tr>
 *     <tr><td>devices</td><td>{@link dev.wireline.telnet.TelnetClient}</td></tr>
 *     <tr><td>a protocol of your own in lines</td><td>{@link dev.wireline.line.LineClient}</td></tr>
 *     <tr><td>request and answer over UDP</td><td>{@link dev.wireline.net.DatagramClient}</td></tr>
 *     <tr><td>the bytes of a connection</td><td>{@link dev.wireline.net.Dialer}, {@link
 *         dev.wireline.net.Wire}</td></tr>
 *     <tr><td>what went wrong</td><td>{@link dev.wireline.error.WirelineException} and its subclasses</td></tr>
 *   </tbody>
 * </table>
 *
 * <p>The packages form a ladder; each uses only those below it:
 *
 * <pre>
 *   fetch                                     any URL
 *     |
 *   http   ftp  smtp  pop3  imap  telnet ...  a client for each protocol
 *     |      '----+-----'-----'----'
 *   header      line                          fields; lines on a connection, and the class to extend
 *     |           |
 *     |    url   net                          URLs; connections, with TLS, proxies and deadlines
 *     |     |     |
 *     '-----+---error                         what can go wrong
 *                 |
 *              endpoint                       the name of a peer
 * </pre>
 *
 * <p>Everything runs in the calling thread. Every read has a size limit and a timeout. You get a complete
 * answer or an exception. The test kit, real servers for testing clients, is a separate module, {@code
 * dev.wireline.testing}, in the jar with the classifier {@code testing}.
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
