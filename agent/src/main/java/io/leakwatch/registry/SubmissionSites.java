package io.leakwatch.registry;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the tasks of one class are handed in. Of each epoch the first few stacks are taken; behind those a submission costs
 * two reads and no write, so that threads which hand in tasks at once do not fight for a cache line.
 *
 * <p>{@link #claimStack} is called by hooks, on any thread, and counts racily: a stack more or less does no harm. Everything
 * else belongs to the census.
 */
final class SubmissionSites {
  /** Stacks taken of a class in each epoch. Most classes of tasks are handed in at one line. */
  static final int EACH = 4;

  private static final int MOST = 8;

  // Written by hooks, racily.
  private int epoch = -1;
  private int seen;

  private final List<CreationSite> sites = new ArrayList<>(1);

  /** Whether the stack of the submission at hand is to be taken. */
  boolean claimStack(StackBudget budget) {
    int now = budget.epoch();
    if (epoch != now) {
      epoch = now;
      seen = 0;
    } else if (seen >= EACH) {
      return false;
    }
    seen++;
    return budget.claim();
  }

  void add(CreationSite site) {
    if (!sites.contains(site)) {
      if (sites.size() == MOST) {
        sites.remove(0);
      }
      sites.add(site);
    }
  }

  /** The places that were seen last, the first first. */
  List<CreationSite> all() {
    return sites;
  }
}
