package io.furnistream.transforms.geo;

/** The grids that there are, and how fine each can be. */
public enum GridKind {
  /** Uber's H3: hexagons of nearly the same size. */
  H3(0, 15, 7) {
    @Override
    public GeoGrid grid(int resolution) {
      return new H3Grid(resolution);
    }
  },

  /** Geohash: boxes, whose names begin as those of the larger boxes around them. */
  GEOHASH(1, 12, 6) {
    @Override
    public GeoGrid grid(int resolution) {
      return new GeohashGrid(resolution);
    }
  };

  private final int lowest;
  private final int highest;
  private final int usual;

  GridKind(int lowest, int highest, int usual) {
    this.lowest = lowest;
    this.highest = highest;
    this.usual = usual;
  }

  /**
   * A grid of this kind.
   *
   * @param resolution one that the kind {@link #takes}
   * @throws org.apache.kafka.connect.errors.ConnectException when H3's native library cannot be
   *     loaded
   */
  public abstract GeoGrid grid(int resolution);

  /** Whether there is a grid this fine. */
  public boolean takes(int resolution) {
    return resolution >= lowest && resolution <= highest;
  }

  /** The coarsest resolution. */
  public int lowest() {
    return lowest;
  }

  /** The finest resolution. */
  public int highest() {
    return highest;
  }

  /** The resolution where none is asked for. */
  public int usual() {
    return usual;
  }
}
