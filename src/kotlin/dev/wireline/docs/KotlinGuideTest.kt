package dev.wireline.docs

import dev.wireline.error.ConnectionRefusedException
import dev.wireline.error.WirelineException
import dev.wireline.http.HttpAgent
import dev.wireline.http.HttpRequest
import dev.wireline.http.Body
import dev.wireline.line.LineClient
import dev.wireline.testing.RawAnswer
import dev.wireline.testing.RawServer
import dev.wireline.testing.ScriptedServer
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/** The examples of docs/guide/kotlin.md. */
class KotlinGuideTest {
  private val ok = RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ncalm")

  @Test
  fun asksForADocument() {
    RawServer.answering(ok).use { server ->
      val url = "http://${server.endpoint().authority()}/tides"

      // docs: kotlin-agent
      val tides = HttpAgent.create().use { agent ->
        agent.get(url).requireSuccess().text()
      }
      // end: kotlin-agent

      assertThat(tides).isEqualTo("calm")
    }
  }

  @Test
  fun addsAStep() {
    RawServer.answering(ok).use { server ->
      val url = "http://${server.endpoint().authority()}/tides"

      // docs: kotlin-step
      val agent = HttpAgent.builder()
        .step { request, chain -> chain.proceed(request.header("X-Trace", "7")) }
        .build()
      val type = agent.use {
        val answer = it.send(HttpRequest.post(url).body(Body.form("place", "harbour")))
        answer.header("Content-Type").orElse(null) ?: "unknown"
      }
      // end: kotlin-step

      assertThat(type).isEqualTo("unknown")
      assertThat(server.requests()[0].head()).contains("X-Trace: 7")
    }
  }

  // docs: kotlin-client
  class Greeter(endpoint: String) : LineClient(endpoint, 4711) {
    fun greet(name: String): String = exchange<String> {
      writeLine("HELLO $name")
      readLine()
    }
  }
  // end: kotlin-client

  @Test
  fun speaksAProtocol() {
    ScriptedServer.play("C: HELLO ann\nS: good morning").use { server ->
      Greeter(server.endpoint().toString()).use { client ->
        assertThat(client.greet("ann")).isEqualTo("good morning")
      }
      server.verify()
    }
  }

  @Test
  fun hearsWhatWentWrong() {
    val url = "http://127.0.0.1:1/"
    // docs: kotlin-failure
    val state = try {
      HttpAgent.create().use { agent -> agent.get(url).text() }
    } catch (e: ConnectionRefusedException) {
      "nobody listens"
    } catch (e: WirelineException) {
      "failed in ${e.phase()}"
    }
    // end: kotlin-failure

    assertThat(state).isEqualTo("nobody listens")
  }
}
