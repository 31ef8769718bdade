package io.furnistream.datagen.faults;

import io.furnistream.schemas.FaultOrigin;
import io.furnistream.schemas.Faults;
import io.furnistream.schemas.RecordId;
import io.furnistream.schemas.SchemaRegistrar;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Header;

/**
 * Sends the sales of a dataset's days, one after the other, and what goes wrong with them. Which
 * faults a day has depends on the dataset and the day alone. Afterwards each key has the value that
 * the generator gave it. Not thread-safe.
 */
public final class FaultySales {

  private final FaultShares shares;
  private final String dataset;
  private final String run;
  private final Outlet outlet;
  private final SaleEncoder encoder;
  private final Corrections corrections;
  private final List<Poison> poisons;
  private final FollowUps followUps = new FollowUps(this::send);
  private final HeldBack heldBack = new HeldBack(this::send);

  private Tally tally;
  private FaultOrigin origin;
  private int nextPoison;
  private long poisoned;

  /**
   * Sales of one run.
   *
   * @param dataset its name
   * @param run what names the run in the ledger
   * @param registrar asked for schemas, and given further ones if that is asked for
   * @param outlet takes all that is sent
   * @param messages is told what was registered
   * @throws io.furnistream.cli.CannotRunException when the registry does not answer
   */
  public FaultySales(
      FaultShares shares,
      String dataset,
      String run,
      SchemaRegistrar registrar,
      Outlet outlet,
      Consumer<String> messages) {
    this(shares, dataset, run, Formats.of(registrar, shares.drift(), messages), outlet);
  }

  FaultySales(FaultShares shares, String dataset, String run, Formats formats, Outlet outlet) {
    this.shares = shares;
    this.dataset = dataset;
    this.run = run;
    this.outlet = outlet;
    this.encoder = new SaleEncoder(formats);
    this.corrections = new Corrections(encoder);
    this.poisons = Poison.all(formats);
  }

  /** Begins a day; the one before it was ended. */
  public void startDay(LocalDate day) {
    tally = new Tally();
    origin = new FaultOrigin(dataset, day, run);
    // Another way first on each day: a small share reaches all of them in time.
    nextPoison = Lot.below(poisons.size(), "poison", RecordId.of(dataset, day.toString()));
    poisoned = 0;
  }

  /** Takes the day's next sale. */
  public void put(Sale sale) {
    boolean drifted = encoder.isDrifted(sale);
    if (drifted) {
      tally.drift();
    }
    putTrue(sale, drifted ? ", drift" : "");
    if (Lot.of("poison", sale.id()) < shares.poison().doubleValue()) {
      send(poisoned(sale));
    }
    followUps.advance();
  }

  /**
   * Ends the day: all of it was handed over but what is late until the next day's end.
   *
   * @return what the day has
   */
  public Faults endDay() {
    followUps.end();
    heldBack.endDay();
    return tally.faults();
  }

  /** Whether a record of a day that was ended was not handed over yet. */
  public boolean holdsRecords() {
    return heldBack.isHolding();
  }

  /** Hands over what is late still: no day follows. */
  public void end() {
    heldBack.end();
  }

  // One draw for the three, so that a record has one fault at most.
  private void putTrue(Sale sale, String suffix) {
    double drawn = Lot.of("fault", sale.id());
    double late = shares.late().doubleValue();
    double duplicates = late + shares.duplicates().doubleValue();
    double corrected = duplicates + shares.corrections().doubleValue();
    if (drawn < late) {
      late(encoder.message(sale).withHeaders(headers("late" + suffix)), drawn < late / 2);
    } else if (drawn < duplicates) {
      duplicate(sale, headers("duplicate" + suffix));
    } else if (drawn < corrected) {
      correct(sale, headers("correction" + suffix));
    } else {
      Message message = encoder.message(sale);
      send(suffix.isEmpty() ? message : message.withHeaders(headers("drift")));
    }
  }

  private void late(Message message, boolean untilTheNextDay) {
    tally.late();
    if (untilTheNextDay) {
      heldBack.untilTheNextEnds(message);
    } else {
      heldBack.untilTheDayEnds(message);
    }
  }

  private void duplicate(Sale sale, List<Header> headers) {
    tally.duplicate();
    Message message = encoder.message(sale).withHeaders(headers);
    send(message);
    followUps.add(1 + Lot.below(FollowUps.LATEST, "later", sale.id()), message);
  }

  private void correct(Sale sale, List<Header> headers) {
    tally.correction();
    List<Message> messages = corrections.of(sale);
    int apart = 1 + Lot.below(FollowUps.LATEST / (messages.size() - 1), "later", sale.id());
    send(messages.get(0).withHeaders(headers));
    for (int i = 1; i < messages.size(); i++) {
      followUps.add(i * apart, messages.get(i).withHeaders(headers));
    }
  }

  /** A record of the day that never counts: its id is no true record's. */
  private Message poisoned(Sale sale) {
    Poison poison = poisons.get(nextPoison);
    nextPoison = (nextPoison + 1) % poisons.size();
    poisoned++;
    tally.refused(poison.rule());
    RecordId id = RecordId.of(dataset, origin.day().toString(), "poison", Long.toString(poisoned));
    Message sound = encoder.byTheContract(sale.as(id));
    return poison.spoiling().apply(sound).withHeaders(headers("poison: " + poison.name()));
  }

  private List<Header> headers(String kind) {
    return origin.headers(kind);
  }

  private void send(Message message) {
    message.sendTo(outlet);
  }
}
