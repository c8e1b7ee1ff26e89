package dev.wireline.line;

import dev.wireline.error.WirelineException;
import dev.wireline.stability.NotFrozen;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Bulk data to send: bytes, text, a file or a stream, with or without a known length.
 *
 * <p>It is read piece by piece while it is being sent, in the calling thread, and never held in memory as a
 * whole unless it is there already. A content that fails, or yields fewer or more bytes than its length, causes
 * an {@link IOException}, and the sender makes sure that the peer does not take a part for the whole.
 *
 * <p>Immutable, and thread-safe as far as its sources are.
 */
public final class Content {
  /** The length of a content that is not known before it is read. */
  public static final long UNKNOWN = -1;

  /** The most bytes of a piece; a socket takes as many at once. */
  private static final int PIECE_BYTES = 128 * 1024;

  private final Kind kind;
  private final String name;

  private Content(Kind kind, String name) {
    this.kind = kind;
    this.name = name;
  }

  /** Opens the bytes of a content, each time it is sent. */
  @FunctionalInterface
  public interface Source {
    /**
     * Opens the bytes.
     *
     * @return a new stream at their start each time, which the sender closes
     * @throws IOException if they cannot be read; the sender rethrows it
     */
    InputStream open() throws IOException;
  }

  /** Takes the bytes of a content while it is being sent, piece by piece. */
  @NotFrozen
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes the next piece. It is the sink's until it returns, and must not be changed.
     *
     * @param bytes where the piece is
     * @param offset the first byte of it
     * @param length how many, 1 or more
     * @return true for the next piece, false to leave the rest unsent
     * @throws IOException if the piece cannot be taken; the sender rethrows it
     */
    boolean take(byte[] bytes, int offset, int length) throws IOException;
  }

  /** What a content is made of. */
  private interface Kind extends Source {
    long length() throws IOException;

    /** The array that holds all of it, or null. */
    default byte @Nullable [] array() {
      return null;
    }

    default boolean isRepeatable() {
      return true;
    }
  }

  /**
   * Bytes.
   *
   * @param bytes the bytes; they are not copied, and must not change while the content is in use
   * @return the content, which can be sent again
   */
  public static Content of(byte[] bytes) {
    Objects.requireNonNull(bytes, "bytes");
    return new Content(new Bytes(bytes), bytes.length + " bytes");
  }

  /**
   * Text in UTF-8.
   *
   * @param text the text
   * @return the content, which can be sent again
   * @throws IllegalArgumentException if the text has half of a surrogate pair
   */
  public static Content of(String text) {
    return of(text, StandardCharsets.UTF_8);
  }

  /**
   * Text.
   *
   * @param text the text
   * @param charset how it is encoded
   * @return the content, which can be sent again
   * @throws IllegalArgumentException if the text has a character that the charset cannot encode
   */
  public static Content of(String text, Charset charset) {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(charset, "charset");
    checkSurrogates(text);
    ByteBuffer encoded = LineBytes.encode(text, charset, "the content");
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return new Content(new Bytes(bytes), bytes.length + " bytes");
  }

  private static void checkSurrogates(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          throw new IllegalArgumentException("the text has a lone surrogate at index " + i);
        }
        i++;
      }
    }
  }

  /**
   * A file, with the content that it has when it is sent. Its length is looked up then.
   *
   * @param file the file; it need not exist yet
   * @return the content, which can be sent again; its length is unknown if it is not a regular file
   */
  public static Content of(Path file) {
    return new Content(new FileBytes(Objects.requireNonNull(file, "file")), "a file");
  }

  /**
   * Everything that a stream yields. The stream is closed when it has been sent, or when sending it fails;
   * until it is opened, closing it is up to the caller.
   *
   * @param stream the bytes
   * @return the content, which can be sent once
   */
  public static Content of(InputStream stream) {
    return new Content(new Once(Objects.requireNonNull(stream, "stream"), UNKNOWN), "a stream");
  }

  /**
   * Everything that a stream yields, with its length.
   *
   * @param stream the bytes; the stream must end right after them; it is closed as by {@link #of(InputStream)}
   * @param length how many they are, 0 or more
   * @return the content, which can be sent once
   * @throws IllegalArgumentException if the length is negative
   */
  public static Content of(InputStream stream, long length) {
    Objects.requireNonNull(stream, "stream");
    return new Content(new Once(stream, checked(length)), length + " bytes");
  }

  /**
   * Everything that the streams of a source yield.
   *
   * @param source opens the stream, each time the content is sent
   * @return the content, which can be sent again
   */
  public static Content of(Source source) {
    return new Content(new Opened(Objects.requireNonNull(source, "source"), UNKNOWN), "a stream");
  }

  /**
   * Everything that the streams of a source yield, with their length.
   *
   * @param source opens the stream, each time the content is sent
   * @param length how many bytes each of them has, 0 or more
   * @return the content, which can be sent again
   * @throws IllegalArgumentException if the length is negative
   */
  public static Content of(Source source, long length) {
    Objects.requireNonNull(source, "source");
    return new Content(new Opened(source, checked(length)), length + " bytes");
  }

  /**
   * Several contents one after another, each opened when its turn comes.
   *
   * @param parts the contents
   * @return the content, whose length is known if those of all parts are, and which can be sent again if all
   *     of them can
   */
  public static Content ofAll(List<Content> parts) {
    List<Content> links = List.copyOf(Objects.requireNonNull(parts, "parts"));
    return new Content(new Chain(links), links.size() + " contents");
  }

  private static long checked(long length) {
    if (length < 0) {
      throw new IllegalArgumentException("the length of a content is 0 or more, not " + length);
    }
    return length;
  }

  /**
   * How long it is.
   *
   * @return the number of bytes, 0 or more; for a file its current length; {@link #UNKNOWN} if that is not
   *     known before it is read
   * @throws IllegalStateException if it was opened before and cannot be opened again
   * @throws IOException if its file cannot be examined
   */
  public long length() throws IOException {
    return kind.length();
  }

  /**
   * Whether it can be opened more than once, for the same bytes.
   *
   * @return false for a content of one stream
   */
  public boolean isRepeatable() {
    return kind.isRepeatable();
  }

  /**
   * Opens it for sending.
   *
   * @return its bytes, which the caller closes; the stream fails if their number differs from the current
   *     {@link #length()}
   * @throws IllegalStateException if it was opened before and cannot be opened again
   * @throws IOException if it cannot be read; a failure of another connection is wrapped in a plain {@link
   *     IOException}, as it is while the bytes are being read
   */
  public InputStream open() throws IOException {
    return open(length());
  }

  /**
   * Opens it for sending with an announced length.
   *
   * @param announced how many bytes it must yield, 0 or more, or {@link #UNKNOWN}
   * @return its bytes, which the caller closes; the stream fails if their number differs: it yields the last of
   *     them only once it knows that no more follow
   * @throws IllegalStateException as {@link #open()}
   * @throws IOException as {@link #open()}
   */
  public InputStream open(long announced) throws IOException {
    try {
      return new ContentInput(kind.open(), announced);
    } catch (WirelineException e) {
      throw ContentInput.foreign(e);
    }
  }

  /**
   * Gives its bytes to a sink, piece by piece. The last piece is given only once it is certain that no more
   * bytes follow. Bytes that are in memory already are not copied.
   *
   * @param announced how many bytes it must have, 0 or more, or {@link #UNKNOWN}
   * @param sink takes them
   * @return whether the sink took all of them
   * @throws IllegalStateException as {@link #open()}
   * @throws IOException as {@link #open()}, if there are fewer or more bytes than announced, or whatever the
   *     sink threw
   */
  @NotFrozen
  public boolean sendTo(long announced, Sink sink) throws IOException {
    Objects.requireNonNull(sink, "sink");
    byte[] array = kind.array();
    if (array != null && (announced == array.length || announced == UNKNOWN)) {
      return give(array, sink);
    }
    try (InputStream in = open(announced)) {
      return give(in, pieceBytes(announced), sink);
    }
  }

  private static int pieceBytes(long announced) {
    return announced < 0 ? PIECE_BYTES : (int) Math.max(1, Math.min(PIECE_BYTES, announced));
  }

  private static boolean give(byte[] array, Sink sink) throws IOException {
    int at = 0;
    while (at < array.length) {
      int count = Math.min(PIECE_BYTES, array.length - at);
      if (!sink.take(array, at, count)) {
        return false;
      }
      at += count;
    }
    return true;
  }

  private static boolean give(InputStream in, int pieceBytes, Sink sink) throws IOException {
    byte[] piece = new byte[pieceBytes];
    for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
      if (!sink.take(piece, 0, count)) {
        return false;
      }
    }
    return true;
  }

  /**
   * What it is made of, but nothing of its content.
   *
   * @return text for people to read
   */
  @Override
  public String toString() {
    return name;
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Bytes(byte[] bytes) implements Kind {
    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public byte[] array() {
      return bytes;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }

  private record FileBytes(Path file) implements Kind {
    /** Only a regular file has a length that says how many bytes will come. */
    @Override
    public long length() throws IOException {
      long size = Files.size(file);
      return Files.isRegularFile(file) ? size : UNKNOWN;
    }

    @Override
    public InputStream open() throws IOException {
      return Files.newInputStream(file);
    }
  }

  private record Opened(Source source, long length) implements Kind {
    @Override
    public InputStream open() throws IOException {
      return source.open();
    }
  }

  /** A stream, which can be sent once. */
  private static final class Once implements Kind {
    private final InputStream stream;
    private final long length;
    private final AtomicBoolean taken = new AtomicBoolean();

    Once(InputStream stream, long length) {
      this.stream = stream;
      this.length = length;
    }

    @Override
    public long length() {
      refuseIf(taken.get());
      return length;
    }

    @Override
    public boolean isRepeatable() {
      return false;
    }

    @Override
    public InputStream open() {
      refuseIf(!taken.compareAndSet(false, true));
      return stream;
    }

    private static void refuseIf(boolean sent) {
      if (sent) {
        throw new IllegalStateException(
            "the stream of this content was sent before; it can be sent once");
      }
    }
  }

  private record Chain(List<Content> links) implements Kind {
    @Override
    public long length() throws IOException {
      long sum = 0;
      for (Content link : links) {
        // All are asked, since one that was sent before must say so.
        long length = link.length();
        sum = sum == UNKNOWN || length == UNKNOWN ? UNKNOWN : Math.addExact(sum, length);
      }
      return sum;
    }

    @Override
    public boolean isRepeatable() {
      return links.stream().allMatch(Content::isRepeatable);
    }

    @Override
    public InputStream open() {
      return new ContentChain(links);
    }
  }
}
