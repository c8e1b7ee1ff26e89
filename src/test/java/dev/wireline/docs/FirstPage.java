package dev.wireline.docs;

// docs: first-page
import dev.wireline.http.HttpAgent;
import java.io.IOException;

public class FirstPage {
  public static void main(String[] args) throws IOException {
    try (HttpAgent agent = HttpAgent.create()) {
      System.out.println(agent.get(args[0]).text()); // such as "https://example.org/news"
    }
  }
}
// end: first-page
