package io.furnistream.datagen.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Compares docs/store-file.md with the schema, and writes its table with {@code -DwritePages}. */
class StoreFilePageTest {

  private static final Path PAGE = Path.of("../docs/store-file.md");
  private static final String TABLE = "| property | is | values |\n";

  @Test
  void theTableIsTheSchema() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(TABLE);
    String text = begin < 0 ? page : page.substring(0, begin);
    if (System.getProperty("writePages") != null) {
      Files.writeString(PAGE, text + StoreReference.markdown());
    }
    assertThat(Files.readString(PAGE))
        .as(
            "Stale. Write it again: mvn -q -pl datagen -am test -Dtest=StoreFilePageTest"
                + " -DwritePages -Dsurefire.failIfNoSpecifiedTests=false")
        .isEqualTo(text + StoreReference.markdown());
  }

  @Test
  void theExampleIsAStore() throws IOException {
    Matcher example =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
    assertThat(example.find()).isTrue();
    assertThat(Stores.parse(example.group(1)).products()).hasSize(3);
  }
}
