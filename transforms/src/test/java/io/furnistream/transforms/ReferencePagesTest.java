package io.furnistream.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the pages in docs/ with the code, and writes them with {@code -DwritePages}. */
class ReferencePagesTest {

  private static final Path DOCS = Path.of("docs");
  private static final Path SERVICES =
      Path.of(
          "src/main/resources/META-INF/services/org.apache.kafka.connect.transforms.Transformation");
  private static final String COMMAND =
      "mvn -q -pl transforms -am test -Dtest=ReferencePagesTest -DwritePages"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  @BeforeAll
  static void writeWhenAsked() throws IOException {
    if (System.getProperty("writePages") != null) {
      Files.createDirectories(DOCS);
      for (ReferencePage page : ReferencePages.all()) {
        Files.writeString(DOCS.resolve(page.name() + ".md"), page.markdown());
      }
    }
  }

  static Stream<ReferencePage> pages() {
    return ReferencePages.all().stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void aPageSaysWhatTheCodeDoes(ReferencePage page) throws IOException {
    Path file = DOCS.resolve(page.name() + ".md");

    assertThat(file).as("Make it with: " + COMMAND).exists();
    assertThat(Files.readString(file))
        .as("Stale. Write it again: " + COMMAND)
        .isEqualTo(page.markdown());
  }

  @Test
  void everyTransformHasAPageAndEveryPageATransform() throws IOException {
    Set<String> transforms =
        Files.readAllLines(SERVICES).stream()
            .map(type -> type.substring(type.lastIndexOf('.') + 1).split("\\$", -1)[0])
            .collect(Collectors.toSet());

    try (Stream<Path> files = Files.list(DOCS)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".md", "")))
          .containsExactlyInAnyOrderElementsOf(transforms);
    }
  }
}
