package io.furnistream.aggregates;

import io.furnistream.aggregates.Message.PartUpdate;
import io.furnistream.aggregates.Message.Source;

/** A stage that keeps its partition's part of every group and sends it on as it stands. */
abstract class PartStage<VIn> extends DeferringProcessor<byte[], VIn, byte[], Message> {

  PartStage(String storeName, Emission emission) {
    super(storeName, emission);
  }

  /** Where this partition's parts come from. */
  abstract Source source();

  @Override
  final void send(byte[] groupKey) {
    byte[] stored = groups().get(groupKey);
    if (stored == null) {
      return;
    }
    Part part = Part.decode(stored);
    forward(groupKey, new PartUpdate(source(), part));
    if (part.isEmpty()) {
      // It had to say so first; now nothing is left to remember.
      groups().delete(groupKey);
    }
  }
}
