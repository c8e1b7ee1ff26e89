package dev.wireline.bench;

import dev.wireline.imap.ImapClient;
import dev.wireline.imap.MessageSet;
import dev.wireline.line.Content;
import dev.wireline.line.Incoming;
import dev.wireline.pop3.Pop3Client;
import dev.wireline.smtp.SmtpClient;
import jakarta.mail.Address;
import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.commons.net.pop3.POP3Client;
import org.apache.commons.net.smtp.SMTPClient;
import org.eclipse.angus.mail.imap.IMAPFolder;
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

/** 50 MiB of mail up by SMTP and down by POP3, a small command, and 10,000 headers by IMAP: Wireline and peers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class MailBenchmark {
  private static final String FROM = "joe@example.org";
  private static final String TO = "ann@example.org";

  private BenchServer smtpServer;
  private BenchServer pop3Server;
  private BenchServer imapServer;
  private SmtpClient smtp;
  private SMTPClient commonsSmtp;
  private Transport angusSmtp;
  private MimeMessage angusMail;
  private Pop3Client pop3;
  private POP3Client commonsPop3;
  private ImapClient imap;
  private Store angusStore;

  @Setup
  public void open() throws IOException, MessagingException {
    smtpServer = MailPeer.smtp();
    pop3Server = MailPeer.pop3();
    imapServer = MailPeer.imap();
    smtp = new SmtpClient("127.0.0.1:" + smtpServer.port());
    commonsSmtp = new SMTPClient();
    commonsSmtp.connect("127.0.0.1", smtpServer.port());
    commonsSmtp.login("bench");
    Session session = Session.getInstance(new Properties());
    angusSmtp = session.getTransport("smtp");
    angusSmtp.connect("127.0.0.1", smtpServer.port(), null, null);
    angusMail = new MimeMessage(session, new ByteArrayInputStream(MailPeer.MAIL));
    pop3 = new Pop3Client("127.0.0.1:" + pop3Server.port());
    pop3.login("joe", "secret");
    commonsPop3 = new POP3Client();
    commonsPop3.connect("127.0.0.1", pop3Server.port());
    commonsPop3.login("joe", "secret");
    imap = new ImapClient("127.0.0.1:" + imapServer.port());
    imap.login("joe", "secret");
    imap.select("INBOX");
    angusStore = session.getStore("imap");
    angusStore.connect("127.0.0.1", imapServer.port(), "joe", "secret");
  }

  @Benchmark
  public Object wirelineSend() throws IOException {
    return smtp.send(FROM, List.of(TO), Content.of(MailPeer.MAIL));
  }

  @Benchmark
  public void angusSend() throws MessagingException {
    angusSmtp.sendMessage(angusMail, new Address[] {new InternetAddress(TO)});
  }

  @Benchmark
  public void wirelineCommand() throws IOException {
    smtp.noop();
  }

  @Benchmark
  public int commonsNetCommand() throws IOException {
    return commonsSmtp.noop();
  }

  @Benchmark
  public long wirelineRetrieve() throws IOException {
    try (Incoming mail = pop3.retrieve(1)) {
      return mail.transferTo(OutputStream.nullOutputStream());
    }
  }

  @Benchmark
  public long commonsNetRetrieve() throws IOException {
    try (Reader mail = commonsPop3.retrieveMessage(1)) {
      return mail.transferTo(Writer.nullWriter());
    }
  }

  @Benchmark
  public int wirelineHeaders() throws IOException {
    return imap.fetch(MessageSet.all(), "BODY.PEEK[HEADER]").size();
  }

  @Benchmark
  public int angusHeaders() throws MessagingException {
    try (Folder folder = angusStore.getFolder("INBOX")) {
      folder.open(Folder.READ_ONLY);
      Message[] all = folder.getMessages();
      FetchProfile profile = new FetchProfile();
      profile.add(IMAPFolder.FetchProfileItem.HEADERS);
      folder.fetch(all, profile);
      return all.length;
    }
  }

  @TearDown
  public void close() throws IOException, MessagingException {
    smtp.close();
    commonsSmtp.disconnect();
    angusSmtp.close();
    pop3.close();
    commonsPop3.disconnect();
    imap.close();
    angusStore.close();
    smtpServer.close();
    pop3Server.close();
    imapServer.close();
  }
}
