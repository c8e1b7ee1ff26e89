package dev.wireline.net;

import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where in a program something began: the frame that called into the library. Immutable. */
final class Place {
  private static final StackWalker WALKER = StackWalker.getInstance();

  // No lambda: the first one of a JVM costs more than a dial.
  private static final Function<Stream<StackFrame>, @Nullable StackFrame> CALLER =
      new Function<>() {
        @Override
        public @Nullable StackFrame apply(Stream<StackFrame> frames) {
          Iterator<StackFrame> all = frames.iterator();
          while (all.hasNext()) {
            StackFrame frame = all.next();
            if (!isOwn(frame.getClassName())) {
              return frame;
            }
          }
          return null;
        }
      };

  /** Converted to text only on demand, which is rare. */
  private final @Nullable StackFrame frame;

  private Place(@Nullable StackFrame frame) {
    this.frame = frame;
  }

  /** Where the program called the library, or the JDK code that did. Costs a few microseconds. */
  static Place ofCaller() {
    return new Place(WALKER.walk(CALLER));
  }

  private static boolean isOwn(String className) {
    return className.startsWith("dev.wireline.") || className.startsWith("java.");
  }

  /** Class, method, file and line. */
  @Override
  public String toString() {
    return frame == null ? "an unknown place" : frame.toString();
  }
}
