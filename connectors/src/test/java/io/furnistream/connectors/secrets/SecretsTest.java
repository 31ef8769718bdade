package io.furnistream.connectors.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

  private static final Pattern DEFAULT = Pattern.compile(Secrets.DEFAULT_VARIABLES);

  @ParameterizedTest
  @CsvSource({
    "FURNISTREAM_PSEUDONYM_KEY, true",
    "FURNISTREAM_SINK_WRITER_PASSWORD, true",
    "CONNECT_SSL_KEYSTORE_PASSWORD, true",
    "aws_secret, true",
    "GITHUB_TOKEN, true",
    "FURNISTREAM_SINK_WRITER_USER, false",
    "CONNECT_KEY_CONVERTER, false",
    "KEYBOARD, false"
  })
  void theEndOfAVariablesNameSaysWhetherItHoldsASecret(String variable, boolean hidden) {
    Secrets secrets = Secrets.of(Map.of(variable, "correct-horse"), DEFAULT);

    assertThat(secrets.hide("is correct-horse."))
        .isEqualTo(hidden ? "is [hidden]." : "is correct-horse.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "q+/4Zm9vYmFy==",
        "say \"please\"\\now\u0001\n\ttab",
        "Schlüssel für Möbel",
        "with blanks & signs %=?#"
      })
  void aSecretIsFoundHoweverItIsWritten(String secret) throws IOException {
    Secrets secrets = Secrets.of(Map.of("A_KEY", " " + secret + "\n"), DEFAULT);
    ObjectMapper json = new ObjectMapper();
    String text =
        json.writeValueAsString(
            Map.of(
                "plain", "x" + secret + "y",
                "upper", secret.toUpperCase(java.util.Locale.ROOT),
                "lower", secret.toLowerCase(java.util.Locale.ROOT),
                "nested", json.writeValueAsString(Map.of("deep", secret)),
                "url", "http://host/?q=" + URLEncoder.encode(secret, StandardCharsets.UTF_8)));

    Map<?, ?> hidden = json.readValue(secrets.hide(text), Map.class);

    assertThat(hidden)
        .isEqualTo(
            Map.of(
                "plain", "x[hidden]y",
                "upper", "[hidden]",
                "lower", "[hidden]",
                "nested", "{\"deep\":\"[hidden]\"}",
                "url", "http://host/?q=[hidden]"));
  }

  @Test
  void eachPartOfAListIsHidden() {
    Secrets secrets = Secrets.of(Map.of("A_KEY", "first part , second part,x"), DEFAULT);

    assertThat(secrets.hide("a first part,second part,x")).isEqualTo("a [hidden]");
    assertThat(secrets.hide("[first part, second part, x]")).isEqualTo("[[hidden]]");
    assertThat(secrets.hide("not a host: second part")).isEqualTo("not a host: [hidden]");
  }

  @Test
  void theLongerOfTwoSecretsIsHiddenCompletely() {
    Secrets secrets =
        Secrets.of(Map.of("A_KEY", "abcdefgh", "B_KEY", "abcdefgh-and-more"), DEFAULT);

    assertThat(secrets.hide("abcdefgh-and-more abcdefgh")).isEqualTo("[hidden] [hidden]");
  }

  @Test
  void whatIsTooShortToBeHiddenIsNamed() {
    Secrets secrets =
        Secrets.of(Map.of("A_KEY", "1234567", "B_KEY", "", "C_KEY", "12345678"), DEFAULT);

    assertThat(secrets.tooShort()).containsExactly("A_KEY");
    assertThat(secrets.hide("1234567 12345678")).isEqualTo("1234567 [hidden]");
    assertThat(Secrets.of(Map.of(), DEFAULT).hide("nothing")).isEqualTo("nothing");
  }

  /** Held against String.replace, in whatever pieces the text comes. */
  @Test
  void aSecretIsFoundHoweverTheTextIsCut() throws IOException {
    Random random = new Random(13);
    Secrets secrets = Secrets.of(Map.of("A_KEY", "abababac", "B_KEY", "x".repeat(9000)), DEFAULT);
    for (int run = 0; run < 300; run++) {
      StringBuilder text = new StringBuilder();
      while (text.length() < 20_000) {
        text.append(
            switch (random.nextInt(4)) {
              case 0 -> "abababac";
              case 1 -> "ababab";
              case 2 -> "x".repeat(9000);
              default -> "é—".repeat(random.nextInt(5000));
            });
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ReplacingStream hiding = secrets.hiding(out);
      for (int at = 0; at < bytes.length; ) {
        int piece = Math.min(1 + random.nextInt(12_000), bytes.length - at);
        hiding.write(bytes, at, piece);
        hiding.flush();
        at += piece;
      }
      hiding.finish();
      hiding.close();

      assertThat(out.toString(StandardCharsets.UTF_8))
          .isEqualTo(
              text.toString()
                  .replace("abababac", "[hidden]")
                  .replace("x".repeat(9000), "[hidden]"));
    }
  }
}
