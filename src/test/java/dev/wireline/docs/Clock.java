package dev.wireline.docs;

// docs: clock
import dev.wireline.line.LineClient;
import java.io.IOException;

// docs: clock-class
public final class Clock extends LineClient {
  public Clock(String endpoint) {
    super(endpoint, 4711); // the port where the endpoint names none
  }

  public String time() throws IOException {
    return exchange(() -> {
      writeLine("TIME");
      return readLine();
    });
  }
}
// end: clock-class
// end: clock
