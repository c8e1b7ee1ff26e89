package dev.wireline.bench;

import dev.wireline.ftp.FtpClient;
import dev.wireline.line.Content;
import dev.wireline.line.Incoming;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.PropertiesUserManagerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A file of 50 MiB down and up, and a small command, with an FTP server: Wireline and a peer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class FtpBenchmark {
  private static final String USER = "joe";
  private static final String PASSWORD = "secret";

  private Path home;
  private FtpServer server;
  private FtpClient wireline;
  private FTPClient commonsNet;

  @Setup
  public void open() throws IOException, FtpException {
    home = Files.createTempDirectory("wireline-bench");
    Files.write(home.resolve("file"), MailPeer.MAIL);
    FtpServerFactory factory = factory(home);
    server = factory.createServer();
    server.start();
    int port = factory.getListener("default").getPort();
    wireline = new FtpClient("127.0.0.1:" + port);
    wireline.login(USER, PASSWORD);
    commonsNet = new FTPClient();
    commonsNet.connect("127.0.0.1", port);
    commonsNet.login(USER, PASSWORD);
    commonsNet.setFileType(FTP.BINARY_FILE_TYPE);
    commonsNet.setBufferSize(64 * 1024);
    commonsNet.enterLocalPassiveMode();
  }

  private static FtpServerFactory factory(Path home) throws FtpException {
    FtpServerFactory factory = new FtpServerFactory();
    BaseUser user = new BaseUser();
    user.setName(USER);
    user.setPassword(PASSWORD);
    user.setHomeDirectory(home.toString());
    user.setAuthorities(List.of(new WritePermission()));
    factory.setUserManager(new PropertiesUserManagerFactory().createUserManager());
    factory.getUserManager().save(user);
    ListenerFactory listening = new ListenerFactory();
    listening.setServerAddress("127.0.0.1");
    listening.setPort(0);
    factory.addListener("default", listening.createListener());
    return factory;
  }

  @Benchmark
  public long wirelineDown() throws IOException {
    try (Incoming file = wireline.retrieve("file")) {
      return file.transferTo(OutputStream.nullOutputStream());
    }
  }

  @Benchmark
  public boolean commonsNetDown() throws IOException {
    return commonsNet.retrieveFile("file", OutputStream.nullOutputStream());
  }

  @Benchmark
  public void wirelineUp() throws IOException {
    wireline.store("up", Content.of(MailPeer.MAIL));
  }

  @Benchmark
  public boolean commonsNetUp() throws IOException {
    return commonsNet.storeFile("up", new ByteArrayInputStream(MailPeer.MAIL));
  }

  @Benchmark
  public String wirelineCommand() throws IOException {
    return wireline.workingDirectory();
  }

  @Benchmark
  public String commonsNetCommand() throws IOException {
    return commonsNet.printWorkingDirectory();
  }

  @TearDown
  public void close() throws IOException {
    wireline.close();
    commonsNet.disconnect();
    server.stop();
    Files.deleteIfExists(home.resolve("up"));
    Files.delete(home.resolve("file"));
    Files.delete(home);
  }
}
