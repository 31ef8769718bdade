package io.furnistream.replay.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternTextTest {

  @Test
  void theFirstGroupIsTaken() throws Exception {
    Pattern pattern = Pattern.compile(".*, ([A-Z]{2}) \\d{5}");

    assertThat(PatternText.firstGroup(pattern, "917 1st St, Dallas, TX 75001")).hasValue("TX");
    assertThat(PatternText.firstGroup(pattern, "Dallas")).isEmpty();
    assertThat(PatternText.firstGroup(Pattern.compile("(a)|b"), "b")).isEmpty();
  }

  @ParameterizedTest
  @Timeout(60)
  @CsvSource({"(.*a){20}b, 60", "((.|x)*), 100000"})
  void whatWouldTakeTooLongOrTooDeepIsRefused(String pattern, int length) {
    assertThatThrownBy(() -> PatternText.firstGroup(Pattern.compile(pattern), "a".repeat(length)))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining("too long for the pattern");
  }
}
