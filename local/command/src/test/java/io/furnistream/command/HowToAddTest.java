package io.furnistream.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds docs/how-to-add.md against the checkout: the files of each model are those that the page
 * lists.
 */
class HowToAddTest {

  private static final Path HOME = Path.of(System.getProperty("furnistream.home"));
  private static final String PAGE = "docs/how-to-add.md";

  /** What is built, fetched or made by running. */
  private static final Set<String> NOT_OURS = Set.of("target", "var", ".git", "__pycache__");

  /** Pages about history and reasons; they need not change. */
  private static final List<String> TALES = List.of("CHANGELOG.md", "docs/decisions/", PAGE);

  private static final Pattern SECTION =
      Pattern.compile("^## (.+?)\\R(.*?)(?=^## |\\z)", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern MODEL = Pattern.compile("^Model: `(.+)`", Pattern.MULTILINE);
  private static final Pattern FILE =
      Pattern.compile("^(?:\\d+\\.|-) `([^`]+)`( \\(does not name it\\))?", Pattern.MULTILINE);

  /**
   * A kind of thing that one adds.
   *
   * @param model expression that finds the names of the example
   * @param files paths that the page lists, and that name the example
   * @param others paths that the page lists, and that do not
   */
  private record Kind(String name, Pattern model, Set<String> files, Set<String> others) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Kind> kinds() throws IOException {
    List<Kind> kinds = new ArrayList<>();
    Matcher section = SECTION.matcher(Files.readString(HOME.resolve(PAGE)));
    while (section.find()) {
      Matcher model = MODEL.matcher(section.group(2));
      assertThat(model.find()).as("'%s' in %s names its model", section.group(1), PAGE).isTrue();
      Set<String> files = new TreeSet<>();
      Set<String> others = new TreeSet<>();
      FILE.matcher(section.group(2))
          .results()
          .forEach(each -> (each.group(2) == null ? files : others).add(each.group(1)));
      kinds.add(new Kind(section.group(1), Pattern.compile(model.group(1)), files, others));
    }
    return kinds;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void thePageListsTheFilesThatNameItsModel(Kind kind) throws IOException {
    assertThat(naming(kind.model))
        .as("Files that name the model of '%s'; correct %s", kind, PAGE)
        .isEqualTo(kind.files);
    assertThat(kind.others)
        .as("other files of '%s' in %s", kind, PAGE)
        .allMatch(path -> Files.exists(HOME.resolve(path)));
  }

  private static Set<String> naming(Pattern model) throws IOException {
    Set<String> naming = new TreeSet<>();
    Files.walkFileTree(
        HOME,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_OURS.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String path = HOME.relativize(file).toString();
            if (TALES.stream().noneMatch(path::startsWith) && model.matcher(text(file)).find()) {
              naming.add(path);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return naming;
  }

  /** What is not text (pictures) reads as some text that names nothing. */
  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }
}
