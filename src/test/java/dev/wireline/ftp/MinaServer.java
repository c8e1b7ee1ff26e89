package dev.wireline.ftp;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.PropertiesUserManagerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/** Apache FtpServer for one user and one folder, on a port of the loopback interface. */
public final class MinaServer implements AutoCloseable {
  public static final String USER = "joe";
  public static final String PASSWORD = "open sesame";

  private final FtpServer server;
  private final int port;

  private MinaServer(FtpServer server, int port) {
    this.server = server;
    this.port = port;
  }

  public static MinaServer start(Path home) throws IOException {
    FtpServerFactory factory = new FtpServerFactory();
    Listener listener = listener();
    factory.addListener("default", listener);
    factory.setUserManager(new PropertiesUserManagerFactory().createUserManager());
    BaseUser user = new BaseUser();
    user.setName(USER);
    user.setPassword(PASSWORD);
    user.setHomeDirectory(home.toString());
    user.setAuthorities(List.of(new WritePermission()));
    try {
      factory.getUserManager().save(user);
      FtpServer server = factory.createServer();
      server.start();
      return new MinaServer(server, listener.getPort());
    } catch (FtpException e) {
      throw new IOException("the server does not start", e);
    }
  }

  private static Listener listener() {
    ListenerFactory listening = new ListenerFactory();
    listening.setServerAddress("127.0.0.1");
    listening.setPort(0);
    DataConnectionConfigurationFactory data = new DataConnectionConfigurationFactory();
    data.setActiveEnabled(true);
    listening.setDataConnectionConfiguration(data.createDataConnectionConfiguration());
    return listening.createListener();
  }

  public Endpoint endpoint() {
    return Endpoint.tcp("127.0.0.1", port);
  }

  @Override
  public void close() {
    server.stop();
  }
}
