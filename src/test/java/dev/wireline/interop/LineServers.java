package dev.wireline.interop;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Servers of line protocols, each on a port of the loopback interface or a Unix-domain socket. */
final class LineServers {
  /** The user whom upsd lets set variables. */
  static final String USER = "ann";

  /** The password of that user, and of everybody with Redis. */
  static final String PASSWORD = "open \"sesame\" 7";

  private static final String NGIRCD = """
      [Global]
      Name = irc.test
      Info = a server for tests
      AdminEMail = nobody@irc.test
      Listen = 127.0.0.1
      Ports = {port}
      MotdPhrase = welcome
      [Limits]
      PingTimeout = {ping}
      PongTimeout = 20
      MaxConnectionsIP = 0
      [Options]
      PAM = no
      DNS = no
      Ident = no
      """;

  private static final String UPS = """
      [bench]
      driver = dummy-ups
      port = {folder}/bench.dev
      mode = dummy-once
      desc = "The \\"first\\" bench"
      """;

  private static final String UPS_VARIABLES = """
      ups.status: OL
      ups.id: 42
      ups.model: Bench \\"One\\"
      battery.charge: 95
      """;

  private static final String UPSD_USERS = """
      [{user}]
      password = "{password}"
      actions = SET
      instcmds = ALL
      """;

  private LineServers() {}

  /** ngIRCd, which asks after so many seconds of silence whether one is still there. */
  static RealServer ngircd(int pingSeconds) throws IOException {
    return FreePorts.retry(() -> {
      Endpoint port = FreePorts.take(1).get(0);
      ServerFolder folder = ServerFolder.create("ngircd");
      Path config = folder.write(
          "ngircd.conf",
          NGIRCD.replace("{port}", "" + port.port()).replace("{ping}", "" + pingSeconds));
      return RealServer.start(folder, List.of(port), "ngircd", "-n", "-f", config.toString());
    });
  }

  static RealServer beanstalkd() throws IOException {
    return FreePorts.retry(() -> {
      Endpoint port = FreePorts.take(1).get(0);
      return RealServer.start(
          ServerFolder.create("beanstalkd"),
          List.of(port),
          "beanstalkd",
          "-l",
          port.host(),
          "-p",
          "" + port.port());
    });
  }

  static RealServer memcached() throws IOException {
    ServerFolder folder = ServerFolder.create("memcached");
    Path socket = folder.path().resolve("socket");
    return RealServer.start(
        folder, List.of(Endpoint.unix(socket)), "memcached", "-s", socket.toString(), "-m", "16");
  }

  /** Redis, which keeps nothing and wants the password. */
  static RealServer redis() throws IOException {
    return FreePorts.retry(() -> {
      Endpoint port = FreePorts.take(1).get(0);
      ServerFolder folder = ServerFolder.create("redis");
      return RealServer.start(
          folder,
          List.of(port),
          "redis-server",
          "--bind",
          port.host(),
          "--port",
          "" + port.port(),
          "--dir",
          folder.path().toString(),
          "--save",
          "",
          "--requirepass",
          PASSWORD);
    });
  }

  /** The driver of a power supply that is a file of variables; upsd finds it in its folder. */
  static RealServer dummyUps() throws IOException {
    ServerFolder folder = ServerFolder.create("nut");
    folder.write("ups.conf", UPS);
    folder.write("bench.dev", UPS_VARIABLES);
    Endpoint socket = Endpoint.unix(folder.path().resolve("dummy-ups-bench"));
    return RealServer.start(
        folder,
        List.of(socket),
        "env",
        "NUT_CONFPATH=" + folder.path(),
        "NUT_STATEPATH=" + folder.path(),
        "/lib/nut/dummy-ups",
        "-a",
        "bench",
        "-F");
  }

  /** The server of Network UPS Tools, for the power supply of a driver. */
  static RealServer upsd(RealServer driver) throws IOException {
    return FreePorts.retry(() -> {
      Endpoint port = FreePorts.take(1).get(0);
      ServerFolder folder = ServerFolder.create("upsd");
      folder.write("ups.conf", UPS);
      folder.write("upsd.conf", "LISTEN " + port.host() + " " + port.port() + "\nMAXAGE 300\n");
      folder.write(
          "upsd.users",
          UPSD_USERS.replace("{user}", USER).replace("{password}", PASSWORD.replace("\"", "\\\"")));
      return RealServer.start(
          folder,
          List.of(port),
          "env",
          "NUT_CONFPATH=" + folder.path(),
          "NUT_STATEPATH=" + driver.folder(),
          "/lib/nut/upsd",
          "-F");
    });
  }
}
