package dev.wireline.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A web server for the files in a folder.
 *
 * <p>Thread-safe. It answers GET and HEAD in HTTP/1.1 and HTTP/1.0 (RFC 9110, RFC 9112), with keep-alive as in
 * each version:
 *
 * <ul>
 *   <li>200 with the file, its length, and a type by its extension; for a folder, the {@code index.html} in it.
 *       A query is ignored.
 *   <li>404 if there is no such file, and for everything outside of the folder, whether by {@code ..}, escapes,
 *       or symbolic links.
 *   <li>405 for other methods, and 400 for anything that is not a request; the connection is closed after a
 *       400.
 * </ul>
 *
 * <p>It reads a file anew for each request, and does not support ranges, conditions or compression.
 */
public final class FolderServer extends LocalServer {

  private FolderServer(PeerServer server) {
    super(server);
  }

  /**
   * Starts a server on a free port of the loopback interface, without TLS.
   *
   * @param folder the folder to serve
   * @return a listening server
   * @throws IOException if there is no such folder, or it cannot listen
   */
  public static FolderServer of(Path folder) throws IOException {
    return builder(folder).start();
  }

  /**
   * Configures a server.
   *
   * @param folder the folder to serve
   * @return a builder for TCP on the loopback interface, without TLS
   */
  public static Builder builder(Path folder) {
    return new Builder(Objects.requireNonNull(folder, "folder"));
  }

  /** Builds a server. Not thread-safe. */
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
     * @return a listening server
     * @throws IllegalStateException if a client certificate is required without TLS, or TLS is requested on a
     *     Unix-domain socket
     * @throws IOException if there is no such folder, or it cannot listen; nothing is left open
     */
    public FolderServer start() throws IOException {
      return new FolderServer(serve(new FolderPeer(Folder.of(folder))));
    }
  }
}
