package io.furnistream.provision;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.ClientProperties;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;

/** Addresses of one service's processes, as a variable lists them. */
final class HttpUrls {

  private HttpUrls() {}

  /**
   * The addresses, each without a slash at its end.
   *
   * @param list URLs, separated by commas
   * @param variable that holds the list; named when it is not taken
   * @throws CannotRunException when one is no URL of HTTP, has a password or a query, or there is
   *     none
   */
  static List<String> parse(String list, String variable) {
    List<String> urls =
        Arrays.stream(list.split(",", -1))
            .map(String::strip)
            .filter(url -> !url.isEmpty())
            .map(url -> url.replaceFirst("/+$", ""))
            .toList();
    if (urls.stream().anyMatch(HttpUrls::hasUserInfo)) {
      // Not shown: messages name these addresses.
      throw new CannotRunException(
          "A URL in %s has a name or a password in it, before the @. Take it out, and write %sbasic.auth.user.info=USER:PASSWORD into the file that %s names."
              .formatted(variable, ClientProperties.CONNECT, ClientProperties.VARIABLE));
    }
    if (urls.isEmpty() || !urls.stream().allMatch(HttpUrls::isSound)) {
      throw new CannotRunException(
          "'%s' is no list of URLs. Set %s to one such as http://HOST:8083, or to several with commas between them."
              .formatted(list, variable));
    }
    return urls;
  }

  private static boolean hasUserInfo(String url) {
    return url.matches("[^/]*//[^/]*@.*");
  }

  private static boolean isSound(String url) {
    try {
      URI uri = new URI(url).parseServerAuthority();
      return uri.getHost() != null
          // A path is put behind it.
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && ("http".equalsIgnoreCase(uri.getScheme())
              || "https".equalsIgnoreCase(uri.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
