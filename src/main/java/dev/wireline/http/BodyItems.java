package dev.wireline.http;

import dev.wireline.internal.TurnTakenException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A body split into items as it arrives; closing the stream of items closes the body. Not thread-safe. */
abstract class BodyItems<T> implements Iterator<T> {
  private final InputStream in;
  private @Nullable T next;
  private boolean lost;

  BodyItems(InputStream in) {
    this.in = in;
  }

  /** The next item, or null at the end of the body. */
  abstract @Nullable T read() throws IOException;

  final InputStream in() {
    return in;
  }

  final Stream<T> stream() {
    int traits = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, traits), false)
        .onClose(this::close);
  }

  @Override
  public final boolean hasNext() {
    if (next == null) {
      try {
        check();
        next = read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (TurnTakenException e) {
        throw e;
      } catch (RuntimeException | Error e) {
        // An item is lost, so the one that follows is not the next one.
        lost = true;
        close();
        throw e;
      }
    }
    return next != null;
  }

  @Override
  public final T next() {
    T item = hasNext() ? next : null;
    if (item == null) {
      throw new NoSuchElementException();
    }
    next = null;
    return item;
  }

  private void check() throws IOException {
    if (lost) {
      in.close();
      throw new IOException("an item of this body was lost by an error: its rest is not read");
    }
    if (in instanceof BodySource source) {
      source.checkReadable();
    }
  }

  private void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
