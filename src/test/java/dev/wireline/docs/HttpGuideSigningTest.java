package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.http.Body;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.Step;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of docs/guide/http/signing.md, held against the published vectors of Signature Version 4. */
@Timeout(60)
class HttpGuideSigningTest {
  private static final SignedStep SIGNED = new SignedStep(
      "AKIDEXAMPLE",
      "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
      "us-east-1",
      "service",
      InstantSource.fixed(Instant.parse("2015-08-30T12:36:00Z")));

  @ParameterizedTest
  @CsvSource({
    "GET, /, 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    "POST, /, 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
    "GET, /?Param2=value2&Param1=value1, b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
    "GET, /%E1%88%B4, 8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85",
  })
  void signsAsThePublishedVectorsSay(String method, String target, String signature)
      throws IOException {
    HttpRequest request = HttpRequest.of(method, "http://example.amazonaws.com" + target);

    assertThat(authorization(request))
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                + "SignedHeaders=host;x-amz-date, Signature=" + signature);
  }

  @Test
  void signsABodyAndItsType() throws IOException {
    HttpRequest request = HttpRequest.post("http://example.amazonaws.com/")
        .body(Body.of("Param1=value1", "application/x-www-form-urlencoded"));

    assertThat(authorization(request))
        .endsWith("SignedHeaders=content-type;host;x-amz-date, Signature="
            + "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
  }

  /** What would go to the server, of which there is none: the step behind answers. */
  private static String authorization(HttpRequest request) throws IOException {
    Step stub = (signed, chain) -> HttpResponse.of(signed, 204);
    try (HttpAgent agent =
        HttpAgent.builder().connectionStep(SIGNED).connectionStep(stub).build()) {
      HttpRequest signed = agent.send(request).request();
      assertThat(signed.toString()).doesNotContain("Signature");
      return signed.headers().first("Authorization").orElseThrow();
    }
  }

  @Test
  void signsEachRequestOfAnAgent() throws IOException {
    try (var server = RawServer.answering(Answers.ok("done"))) {
      String url = Answers.origin(server) + "/bucket/key";
      String keyId = "AKIDEXAMPLE";
      String secret = "open sesame";

      // docs: http-signed
      Step signed = new SignedStep(keyId, secret, "eu-west-1", "s3", InstantSource.system());
      HttpAgent agent = HttpAgent.builder().connectionStep(signed).build();
      // end: http-signed

      try (agent) {
        assertThat(agent.get(url).text()).isEqualTo("done");
      }
      assertThat(Answers.fields(server, "Authorization").get(0))
          .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/");
    }
  }
}
