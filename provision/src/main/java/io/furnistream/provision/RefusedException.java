package io.furnistream.provision;

import io.furnistream.cli.CannotRunException;
import java.util.List;

/** Something must be settled by a person before anything is provisioned. */
final class RefusedException extends CannotRunException {

  private final List<Provisioner.Found> found;

  /**
   * A refusal.
   *
   * @param found all that differs, what would be mended included
   */
  RefusedException(String message, List<Provisioner.Found> found) {
    super(message);
    this.found = List.copyOf(found);
  }

  /** All that differs, what would be mended included. */
  List<Provisioner.Found> found() {
    return found;
  }
}
