package io.furnistream.replay.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A part of a YAML file that knows its line. */
final class YamlNode {

  private final String file;
  private final Node node;

  YamlNode(String file, Node node) {
    this.file = file;
    this.node = node;
  }

  /** What is wrong here, with the file and the line. */
  MappingException wrong(String message) {
    int line = node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    return new MappingException("%s, line %d: %s".formatted(file, line, message));
  }

  /**
   * Its entries, by their keys.
   *
   * @param known the keys that it may have
   */
  Map<String, YamlNode> entries(String what, Set<String> known) {
    if (!(node instanceof MappingNode mapping)) {
      throw wrong("%s must be a list of `name: value` lines".formatted(what));
    }
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      YamlNode keyNode = new YamlNode(file, tuple.getKeyNode());
      String key = keyNode.text("A name");
      if (!known.contains(key)) {
        throw keyNode.wrong(
            "%s has no '%s'. It may have: %s".formatted(what, key, String.join(", ", known)));
      }
      if (entries.put(key, new YamlNode(file, tuple.getValueNode())) != null) {
        throw keyNode.wrong("'%s' is there twice. Remove one of the two".formatted(key));
      }
    }
    return entries;
  }

  /** Its items; a single text is a list of one. */
  List<YamlNode> items() {
    if (!(node instanceof SequenceNode sequence)) {
      return List.of(this);
    }
    List<YamlNode> items = new ArrayList<>();
    sequence.getValue().forEach(item -> items.add(new YamlNode(file, item)));
    return items;
  }

  /** Whether it is a text, and no list. */
  boolean isText() {
    return node instanceof ScalarNode;
  }

  /** Its text, as it is written. */
  String text(String what) {
    if (!(node instanceof ScalarNode scalar)) {
      throw wrong("%s must be one text".formatted(what));
    }
    return scalar.getValue();
  }
}
