package dev.wireline.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A web server for the files of a folder.
 *
 * <p>Thread-safe. It answers GET and HEAD of HTTP/1.1 and HTTP/1.0 (RFC 9110, RFC 9112), and keeps
 * connections open as each of them does:
 *
 * <ul>
 *   <li>200 with the file, its length, and a type by the ending of its name; for a folder with the
 *       {@code index.html} in it. What stands behind a {@code ?} does not matter.
 *   <li>404 when there is no such file, and for all that lies outside of the folder, whether by
 *       {@code ..}, escapes, or symbolic links.
 *   <li>405 for other methods, and 400 for what is no request; the connection is closed behind a
 *       400.
 * </ul>
 *
 * <p>It looks at a file anew for each request, and knows no ranges, conditions or compression.
 */
public final class FolderServer extends LocalServer {

  private FolderServer(PeerServer server) {
    super(server);
  }

  /**
   * Starts a server on a free port of the loopback interface, without TLS.
   *
   * @param folder whose files it serves
   * @return a server that listens
   * @throws IOException if there is no such folder, or it cannot listen
   */
  public static FolderServer of(Path folder) throws IOException {
    return builder(folder).start();
  }

  /**
   * Starts to describe a server.
   *
   * @param folder whose files it serves
   * @return a builder for TCP on the loopback interface, without TLS
   */
  public static Builder builder(Path folder) {
    return new Builder(Objects.requireNonNull(folder, "folder"));
  }

  /** A description of a server. Not thread-safe. */
  public static final class Builder extends ServerBuilder<Builder> {

    private final Path folder;

    private Builder(Path folder) {
      this.folder = folder;
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Starts the server.
     *
     * @return a server that listens
     * @throws IllegalStateException if a client certificate is needed but there is no TLS, or TLS
     *     is asked for on a Unix-domain socket
     * @throws IOException if there is no such folder, or it cannot listen; nothing is left open
     */
    public FolderServer start() throws IOException {
      return new FolderServer(serve(new FolderPeer(Folder.of(folder))));
    }
  }
}
