package dev.wireline.telnet;

import dev.wireline.internal.Ascii;
import dev.wireline.line.LineOptions;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The settings of a {@link TelnetClient}: its lines, and what it says about itself. Immutable.
 *
 * <p>Unless set, it says nothing about itself: if the peer asks for the terminal, window or environment, it is
 * refused.
 */
public final class TelnetOptions {
  /** The most bytes of all names and values in the environment: 1 KiB. */
  public static final int MAX_ENVIRONMENT_BYTES = 1024;

  private static final int MAX_SIZE = 65_535;
  private static final int MAX_NAME = 40;

  private static final TelnetOptions STANDARD = builder().build();

  private final LineOptions lines;
  private final List<String> terminals;
  private final int columns;
  private final int rows;
  private final Map<String, String> environment;
  private final boolean binary;

  private TelnetOptions(Builder builder) {
    this.lines = builder.lines;
    this.terminals = builder.terminals;
    this.columns = builder.columns;
    this.rows = builder.rows;
    this.environment = builder.environment;
    this.binary = builder.binary;
  }

  /**
   * The default settings.
   *
   * @return the options, the same instance each time
   */
  public static TelnetOptions standard() {
    return STANDARD;
  }

  /** {@return a builder that starts at the defaults} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The settings of the lines.
   *
   * @return the dialer, the charset, timeouts and limits
   */
  public LineOptions lines() {
    return lines;
  }

  List<String> terminals() {
    return terminals;
  }

  int columns() {
    return columns;
  }

  int rows() {
    return rows;
  }

  Map<String, String> environment() {
    return environment;
  }

  /** Whether a side may turn a feature on if the peer asks for it. */
  boolean agrees(TelnetFeature feature, boolean here) {
    return switch (feature) {
      case BINARY -> binary;
      case SUPPRESS_GO_AHEAD -> true;
      case ECHO -> !here;
      case TERMINAL_TYPE -> here && !terminals.isEmpty();
      case WINDOW_SIZE -> here && columns > 0;
      case NEW_ENVIRON -> here && !environment.isEmpty();
    };
  }

  /**
   * The settings, without the values of the environment.
   *
   * @return text for people to read
   */
  @Override
  public String toString() {
    return "terminal " + terminals + ", window " + columns + "x" + rows + ", environment "
        + environment.keySet() + ", binary " + binary + ", " + lines;
  }

  /** Builds {@link TelnetOptions}. Not thread-safe. */
  public static final class Builder {
    private LineOptions lines = LineOptions.standard();
    private List<String> terminals = List.of();
    private int columns;
    private int rows;
    private Map<String, String> environment = Map.of();
    private boolean binary = true;

    private Builder() {}

    /**
     * The settings of the lines.
     *
     * @param value the dialer, the charset, timeouts and limits
     * @return this
     */
    public Builder lines(LineOptions value) {
      lines = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * The names of the terminal, best first, such as {@code xterm} and {@code vt100} (RFC 1091).
     *
     * @param names each 1 to 40 token characters, such as letters, digits and hyphens
     * @return this
     * @throws IllegalArgumentException if one is not valid
     */
    public Builder terminal(String... names) {
      Objects.requireNonNull(names, "names");
      for (String name : names) {
        if (name.length() > MAX_NAME || !Ascii.isToken(name)) {
          throw new IllegalArgumentException(
              "a terminal's name has 1 to " + MAX_NAME + " token characters");
        }
      }
      terminals = List.of(names);
      return this;
    }

    /**
     * The size of the window (RFC 1073).
     *
     * @param wide columns, 1 to 65535
     * @param high rows, 1 to 65535
     * @return this
     * @throws IllegalArgumentException if one is out of range
     */
    public Builder window(int wide, int high) {
      columns = checkedSize(wide);
      rows = checkedSize(high);
      return this;
    }

    /**
     * Variables that the peer may ask for, such as {@code USER} (RFC 1572). They are sent in the clear unless
     * the connection uses TLS.
     *
     * @param variables names and values, in UTF-8 at most {@link #MAX_ENVIRONMENT_BYTES}
     * @return this
     * @throws IllegalArgumentException if they are too long, or a name is empty
     */
    public Builder environment(Map<String, String> variables) {
      Objects.requireNonNull(variables, "variables");
      int size = 0;
      for (Map.Entry<String, String> each : variables.entrySet()) {
        if (each.getKey().isEmpty()) {
          throw new IllegalArgumentException("a variable has a name");
        }
        size += (each.getKey() + each.getValue()).getBytes(StandardCharsets.UTF_8).length;
      }
      if (size > MAX_ENVIRONMENT_BYTES) {
        throw new IllegalArgumentException(
            "an environment has at most " + MAX_ENVIRONMENT_BYTES + " bytes");
      }
      environment = Collections.unmodifiableMap(new TreeMap<>(variables));
      return this;
    }

    /**
     * Whether the peer may ask for eight-bit data in either direction; true unless set. Non-ASCII letters are
     * sent in any case.
     *
     * @param value whether it may
     * @return this
     */
    public Builder binary(boolean value) {
      binary = value;
      return this;
    }

    /** {@return the options} */
    public TelnetOptions build() {
      return new TelnetOptions(this);
    }
  }

  static int checkedSize(int value) {
    if (value < 1 || value > MAX_SIZE) {
      throw new IllegalArgumentException("a window has 1 to " + MAX_SIZE + " columns and rows");
    }
    return value;
  }
}
