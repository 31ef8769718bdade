package io.furnistream.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.KafkaException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** In what order things are compared, refused and made. */
class ProvisionerTest {

  private final List<String> said = new ArrayList<>();
  private final List<String> done = new ArrayList<>();

  /** Things that are missing one inside the other, as a table in a keyspace. */
  private static final class Nested implements Part {

    private final Set<String> present = new TreeSet<>();
    private final List<String> wanted;
    private String refused;
    private String left;
    private int silent;
    private Exception fault;

    Nested(String... wanted) {
      this.wanted = List.of(wanted);
    }

    @Override
    public String name() {
      return "nested";
    }

    @Override
    public String place() {
      return "Nested at home";
    }

    @Override
    public void answers() throws Exception {
      if (fault != null) {
        throw fault;
      }
      if (silent-- > 0) {
        throw new IOException("wrapped", new IOException("it sleeps"));
      }
    }

    @Override
    public List<Difference> differences() throws Exception {
      if (fault != null) {
        throw fault;
      }
      List<Difference> differences = new ArrayList<>();
      if (refused != null) {
        differences.add(Difference.forAPerson("thing", refused));
      }
      if (left != null) {
        differences.add(Difference.leftToAPerson("thing", left));
      }
      for (String each : wanted) {
        if (!present.contains(each)) {
          differences.add(
              new Difference(
                  each,
                  "is missing",
                  () -> {
                    present.add(each);
                    return "was made";
                  }));
          break;
        }
      }
      return differences;
    }
  }

  private Provisioner provisioner(Part... parts) {
    return new Provisioner(List.of(parts), said::add);
  }

  private void apply(Part... parts) throws Exception {
    provisioner(parts).apply(change -> done.add(change.thing() + " " + change.did()));
  }

  @Test
  void whatShowsOnlyOnceItsOuterThingIsThereIsMadeTooAndASecondRunChangesNothing()
      throws Exception {
    Nested part = new Nested("keyspace", "table", "column");

    assertThat(provisioner(part).compare())
        .extracting(found -> found.difference().toString())
        .containsExactly("keyspace is missing");
    apply(part);
    assertThat(done).containsExactly("keyspace was made", "table was made", "column was made");
    done.clear();
    apply(part);
    assertThat(done).isEmpty();
    assertThat(provisioner(part).compare()).isEmpty();
  }

  @Test
  void nothingIsChangedWhereOneThingMustNotBe() {
    Nested first = new Nested("a");
    Nested second = new Nested();
    second.refused = "has 6 partitions instead of 12: set it right";

    assertThatThrownBy(() -> apply(first, second))
        .isInstanceOf(CannotRunException.class)
        .hasMessage("thing has 6 partitions instead of 12: set it right\nNothing was changed.")
        .asInstanceOf(InstanceOfAssertFactories.type(RefusedException.class))
        .extracting(
            RefusedException::found, InstanceOfAssertFactories.list(Provisioner.Found.class))
        .extracting(found -> found.difference().thing())
        .containsExactly("a", "thing");
    assertThat(first.present).isEmpty();
  }

  @Test
  void whatAPersonMayHaveWantedIsSaidAndTheRestIsMade() throws Exception {
    Nested part = new Nested("keyspace", "table");
    part.left = "is PAUSED";

    List<Provisioner.Found> left =
        provisioner(part).apply(change -> done.add(change.thing() + " " + change.did()));

    assertThat(done).containsExactly("keyspace was made", "table was made");
    assertThat(left)
        .extracting(found -> found.difference().toString())
        .containsExactly("thing is PAUSED");
  }

  @Test
  void whatNeverAgreesEnds() {
    Part stubborn =
        new Part() {
          @Override
          public String name() {
            return "stubborn";
          }

          @Override
          public String place() {
            return "Stubborn";
          }

          @Override
          public void answers() {}

          @Override
          public List<Difference> differences() {
            return List.of(new Difference("it", "differs", () -> "was changed"));
          }
        };

    assertThatThrownBy(() -> apply(stubborn))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("Stubborn still differs after it was changed 10 times")
        .hasMessageContaining("it differs");
  }

  @Test
  void aWaitSaysOnceWhatForAndEnds() throws Exception {
    Nested slow = new Nested();
    slow.silent = 2;
    provisioner(slow).await(Duration.ofSeconds(30));
    assertThat(said).containsExactly("Waiting for Nested at home (it sleeps).");

    Nested dead = new Nested();
    dead.silent = Integer.MAX_VALUE;
    assertThatThrownBy(() -> provisioner(dead).await(Duration.ZERO))
        .isInstanceOf(CannotRunException.class)
        .hasMessageStartingWith("Nested at home does not answer, after 0 s of waiting: it sleeps.");
  }

  @Test
  void aFaultOfOursIsNotWaitedForNorHidden() {
    Nested broken = new Nested();
    broken.fault = new IllegalStateException("a bug");

    assertThatThrownBy(() -> provisioner(broken).await(Duration.ofDays(1))).isSameAs(broken.fault);
    assertThatThrownBy(() -> provisioner(broken).compare()).isSameAs(broken.fault);
    assertThat(said).isEmpty();
  }

  @Test
  void anErrorOfASystemIsNamedWithItsPlace() {
    Nested broken = new Nested();
    broken.fault = new KafkaException("no broker left");

    assertThatThrownBy(() -> provisioner(broken).compare())
        .isInstanceOf(CannotRunException.class)
        .hasMessageStartingWith("Nested at home answered with an error: no broker left.");
  }
}
