package io.furnistream.replay.lines;

import io.furnistream.replay.mapping.NumberStyle;
import java.time.ZoneOffset;
import java.util.List;

/** Whether a cell can be read in some way. */
public final class CellForms {

  private CellForms() {}

  /** Whether it is a number so written. */
  public static boolean isNumber(NumberStyle style, String text) {
    try {
      new NumberText(style).read(text);
      return true;
    } catch (UnreadableException e) {
      return false;
    }
  }

  /** Whether it is a time of a format. */
  public static boolean isTime(String format, String text) {
    try {
      new TimeText(List.of(format), ZoneOffset.UTC, ZoneOffset.UTC).read(text);
      return true;
    } catch (UnreadableException e) {
      return false;
    }
  }
}
