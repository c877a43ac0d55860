package io.leakwatch.sample;

import io.leakwatch.registry.CreationSite;
import io.leakwatch.registry.VanishedThreads.Vanished;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers of each place that makes virtual threads what one of them was at when a sample last looked: of those that
 * have vanished nothing else can tell. Holds text only. Not thread-safe.
 */
final class LastSeen {
  private static final int MAX_SITES = 256;

  private final Map<CreationSite, ThreadDetail> bySite = new LinkedHashMap<>(16, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<CreationSite, ThreadDetail> eldest) {
      return size() > MAX_SITES;
    }
  };

  /** Takes note of the oldest threads of a place. */
  void note(CreationSite site, List<ThreadDetail> details) {
    details.stream()
        .filter(detail -> !detail.stack().isEmpty())
        .findFirst()
        .ifPresent(detail -> bySite.put(site, detail));
  }

  /** As it is told. Where threads of a class are made at several places, nobody knows which of them have vanished. */
  VanishedTasks tell(Vanished vanished) {
    List<CreationSite> sites = vanished.origin().sites();
    return new VanishedTasks(
        vanished.origin().name(),
        sites.stream().map(CreationSite::frames).toList(),
        vanished.count(),
        vanished.started(),
        sites.size() == 1 ? bySite.get(sites.get(0)) : null);
  }
}
