package io.furnistream.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.cli.CannotRunException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUrlsTest {

  private static final String VARIABLE = "WORKERS";

  @Test
  void aListWithBlanksPathsAndSlashesIsTaken() {
    assertThat(HttpUrls.parse("http://one:8083/, https://two/connect@home//", VARIABLE))
        .containsExactly("http://one:8083", "https://two/connect@home");
  }

  @ValueSource(strings = {"http://one:8083?x=1", "http://one#x", "one:8083", "ftp://one", " , "})
  @ParameterizedTest
  void whatNoPathCanFollowIsRefused(String list) {
    assertThatThrownBy(() -> HttpUrls.parse(list, VARIABLE))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining(VARIABLE);
  }

  @Test
  void aPasswordInAUrlIsRefusedAndNotShown() {
    assertThatThrownBy(() -> HttpUrls.parse("http://one,http://jo:tulip@two:8083", VARIABLE))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining(VARIABLE)
        .hasMessageContaining("connect.basic.auth.user.info")
        .hasMessageNotContaining("tulip");
  }
}
