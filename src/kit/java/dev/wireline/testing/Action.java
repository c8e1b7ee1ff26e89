package dev.wireline.testing;

/** What a server does to a connection where the script says so. */
enum Action {
  START_TLS("STARTTLS", false, false),
  DELAY("delay", false, false),
  HALF_CLOSE("half-close", true, false),
  CLOSE("close", true, true),
  CUT("cut", true, true),
  RESET("reset", true, true),
  STALL("stall", true, true);

  private final String text;
  private final boolean ofSpeech;
  private final boolean ofAll;

  Action(String text, boolean ofSpeech, boolean ofAll) {
    this.text = text;
    this.ofSpeech = ofSpeech;
    this.ofAll = ofAll;
  }

  /** How a script writes it. */
  String text() {
    return text;
  }

  /** Whether the server says nothing behind it. */
  boolean endsSpeech() {
    return ofSpeech;
  }

  /** Whether nothing is played behind it on this connection. */
  boolean endsAll() {
    return ofAll;
  }
}
