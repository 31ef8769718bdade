package io.furnistream.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.furnistream.cli.Endpoints;
import io.furnistream.provision.ProvisionTarget;
import io.furnistream.stack.services.Link;
import io.furnistream.stack.services.Service;
import io.furnistream.stack.services.Services;
import io.furnistream.stack.services.WebAccess;
import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.Secrets;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** One embedded stack: its folder, its ports, its secrets and its services. */
public final class Stack {

  private static final String OFFSET = "port_offset";
  private static final String PROFILE = "profile";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StateFolder state;
  private final Ports ports;
  private final Services all;
  private final Set<String> names;

  private Stack(StateFolder state, Ports ports, Services all, Set<String> names) {
    this.state = state;
    this.ports = ports;
    this.all = all;
    this.names = names;
  }

  /**
   * Lays out a stack in a folder, or opens the one that is there.
   *
   * @param ports where its services are to listen
   * @param names the services to run, each with all that it starts after
   */
  public static Stack create(Home home, StateFolder state, Ports ports, Set<String> names)
      throws IOException {
    Secrets secrets = Secrets.read(state.secrets());
    Services all = new Services(home, state, ports, secrets);
    secrets.save();
    return new Stack(state, ports, all, names);
  }

  /**
   * Opens the stack that a folder holds, where it was last started.
   *
   * @param names the services to run, each with all that it starts after
   */
  public static Stack open(Home home, StateFolder state, Set<String> names) throws IOException {
    return create(home, state, rememberedPorts(state), names);
  }

  /** Has the commands that follow find this stack. */
  void remember(Profile profile) {
    StateFolder.writeAtomically(
        state.settings(),
        JSON.createObjectNode()
            .put(OFFSET, ports.offset())
            .put(PROFILE, profile.toString())
            .toString());
  }

  /** Whether a folder holds a stack. */
  public static boolean exists(StateFolder state) {
    return Files.exists(state.settings());
  }

  /**
   * The ports that the stack of a folder was last started with; the standard ones when it never
   * was.
   */
  public static Ports rememberedPorts(StateFolder state) throws IOException {
    if (!exists(state)) {
      return new Ports(0);
    }
    return new Ports(JSON.readTree(state.settings().toFile()).path(OFFSET).asInt());
  }

  /** The profile that the stack of a folder was last started with; full when it never was. */
  public static Profile rememberedProfile(StateFolder state) throws IOException {
    if (!exists(state)) {
      return Profile.FULL;
    }
    // A stack from before profiles ran what core is now.
    return Profile.named(
        JSON.readTree(state.settings().toFile()).path(PROFILE).asText(Profile.CORE.toString()));
  }

  /** The services that the stack of a folder was last started with; none when it never was. */
  static Set<String> rememberedServices(StateFolder state) throws IOException {
    return exists(state) ? rememberedProfile(state).services() : Set.of();
  }

  /** How to get into its Airflow, which the profile full runs. */
  public WebAccess airflow() {
    return all.airflow();
  }

  /** Where to look at the services of a profile, in the order in which the data flow. */
  public List<Link> links(Profile profile) {
    return all.links(profile.services());
  }

  /** Where the reporting database of a stack answers, as host:port, whether there is one or not. */
  public static String postgresAddress(Ports ports) {
    return Services.postgresAddress(ports);
  }

  /** The folder that holds it all. */
  public StateFolder state() {
    return state;
  }

  /** Where its services listen. */
  public Ports ports() {
    return ports;
  }

  /** Where it answers, for the jobs. */
  public Endpoints endpoints() {
    return all.endpoints();
  }

  /** What it is provisioned as, with what opens it. */
  public ProvisionTarget provisionTarget() {
    return all.provisionTarget();
  }

  /** Its services, in start order. */
  public List<Service> services() {
    return all.named(names);
  }

  /** Empties tables of the report in PostgreSQL, and those of the same names that Cassandra has. */
  void emptyTables(List<String> tables) throws SQLException {
    all.emptyTables(tables);
  }
}
