package io.furnistream.command;

import io.furnistream.stack.Stack;
import io.furnistream.stack.services.Link;
import io.furnistream.stack.state.StateFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** Prints where to look. */
final class Links {

  private Links() {}

  static void print(StateFolder folder, Stack stack, PrintWriter out) throws IOException {
    List<Link> links = stack.links(Stack.rememberedProfile(folder));
    out.println();
    out.println("Where to look");
    for (Link link : links) {
      print(link.name(), link.address(), out);
    }
    print("Passwords", folder.secrets() + " (REPORT_READER_URL opens PostgreSQL)", out);
    List<Link> locked = links.stream().filter(link -> !link.password().isEmpty()).toList();
    for (int i = 0; i < locked.size(); i++) {
      Link link = locked.get(i);
      String opens = i == 0 ? " there opens " : " ";
      String end = i == locked.size() - 1 ? "" : ",";
      print("", link.password() + opens + link.name() + end, out);
    }
    out.flush();
  }

  private static void print(String name, String text, PrintWriter out) {
    out.println("  %-15s  %s".formatted(name, text));
  }
}
