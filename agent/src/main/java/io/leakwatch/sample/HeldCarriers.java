package io.leakwatch.sample;

import io.leakwatch.registry.Carriers;
import io.leakwatch.registry.Carriers.Mount;
import io.leakwatch.registry.PlatformThreads;
import io.leakwatch.registry.ThreadMeters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows the virtual threads that stay on their carriers, from sample to sample. Keeps numbers and the text of stacks.
 *
 * <p>That a thread was mounted at two samples says nothing: a busy server's often are. That its carrier took no task in
 * between, from wherever, says that it never left; see {@link Carriers}. What its carrier may take without a trace was
 * pushed by what ran there, and made by it: where the carrier has allocated nothing either, the mount is certainly the
 * same. Where it has, as most code that computes does, two threads may have handed the carrier to each other and to nobody
 * else; it then takes many samples that all find the same one, and the report says how many.
 */
final class HeldCarriers {
  /** As many are looked at; a look costs about 10 µs. */
  private static final int LOOKED_AT = 64;

  /**
   * What a carrier was at.
   *
   * @param since the first sample that saw this thread with this count there
   * @param waits whether it waited at each
   * @param meters read from the second such sample on
   */
  private record Mark(
      long thread,
      long taken,
      Duration since,
      int looks,
      boolean waits,
      @Nullable Meters meters,
      List<StackTraceElement> steady) {
    boolean isSameMount(Mount mount) {
      return taken == mount.taken() && thread == PlatformThreads.id(mount.thread());
    }
  }

  /**
   * The meters of a carrier.
   *
   * @param cpuNanos at the first reading
   * @param first when that was
   * @param allocated at the newest reading
   * @param unmovedSince since when it has been that
   */
  private record Meters(long cpuNanos, Duration first, long allocated, Duration unmovedSince) {
    static Meters read(Thread carrier, Duration now, @Nullable Meters before) {
      long allocated = ThreadMeters.allocated(carrier);
      if (before == null) {
        return new Meters(ThreadMeters.cpuNanos(carrier), now, allocated, now);
      }
      boolean unmoved = allocated >= 0 && allocated == before.allocated;
      return new Meters(
          before.cpuNanos, before.first, allocated, unmoved ? before.unmovedSince : now);
    }

    HeldCarrier.@Nullable Cpu used(Thread carrier, Duration now) {
      long cpuNow = ThreadMeters.cpuNanos(carrier);
      Duration within = now.minus(first);
      return cpuNanos < 0 || cpuNow < 0 || within.isZero()
          ? null
          : new HeldCarrier.Cpu(Duration.ofNanos(cpuNow - cpuNanos), within);
    }
  }

  /** When all carriers were found with the threads that they still have, and others waiting. */
  private record Starved(long taken, Duration since) {}

  private Map<Long, Mark> marks = new HashMap<>();
  private @Nullable Starved starved;

  /**
   * Looks at the carriers.
   *
   * @param elapsed since the agent's start
   * @param extra whether this is none of the series of samples, and nothing later is to be told by it
   */
  Scheduler look(Duration elapsed, int stackDepth, boolean extra) {
    Carriers.Look look = Carriers.look();
    Map<Long, Mark> next = new HashMap<>();
    List<HeldCarrier> held = new ArrayList<>();
    int same = 0;
    for (Mount mount : look == null ? List.<Mount>of() : look.mounts()) {
      long carrier = PlatformThreads.id(mount.carrier());
      Mark before = marks.get(carrier);
      Mark now;
      if (before == null || !before.isSameMount(mount)) {
        now = first(mount, elapsed);
      } else {
        same++;
        now = held.size() < LOOKED_AT ? again(before, mount, elapsed, stackDepth, held) : before;
      }
      next.put(carrier, now);
    }
    Starved starvedNow = look == null ? null : starved(look, same, elapsed);
    if (!extra) {
      marks = next;
      starved = starvedNow;
    }
    if (look == null) {
      return Scheduler.UNKNOWN;
    }
    held.sort(Comparator.comparing(HeldCarrier::seenFor).reversed());
    Duration starvedFor = starvedNow == null ? Duration.ZERO : elapsed.minus(starvedNow.since());
    return new Scheduler(look.carriers(), look.waiting(), starvedFor, held);
  }

  private static Mark first(Mount mount, Duration now) {
    long thread = PlatformThreads.id(mount.thread());
    return new Mark(thread, mount.taken(), now, 1, mount.waits(), null, List.of());
  }

  private static Mark again(
      Mark before, Mount mount, Duration now, int stackDepth, List<HeldCarrier> held) {
    Meters meters = Meters.read(mount.carrier(), now, before.meters());
    if (!Carriers.isStill(mount)) {
      // The meters must have been read within the mount that the next sample is to compare.
      return first(mount, now);
    }
    ThreadDetail detail = ThreadDetail.of(mount.thread(), stackDepth);
    int looks = before.looks() + 1;
    boolean waits = before.waits() && mount.waits();
    List<StackTraceElement> steady =
        looks == 2 ? detail.stack() : common(before.steady(), detail.stack());
    held.add(new HeldCarrier(
        PlatformThreads.name(mount.thread()),
        mount.carrier().getName(),
        now.minus(before.since()),
        now.minus(meters.unmovedSince()),
        looks,
        waits,
        meters.used(mount.carrier(), now),
        detail,
        steady));
    return new Mark(before.thread(), before.taken(), before.since(), looks, waits, meters, steady);
  }

  /** The outer frames in which both stacks agree, as the newer has them: a frame's line moves while it is at work. */
  static List<StackTraceElement> common(
      List<StackTraceElement> older, List<StackTraceElement> newer) {
    int same = 0;
    while (same < Math.min(older.size(), newer.size())
        && isSameMethod(older.get(older.size() - 1 - same), newer.get(newer.size() - 1 - same))) {
      same++;
    }
    return newer.subList(newer.size() - same, newer.size());
  }

  private static boolean isSameMethod(StackTraceElement one, StackTraceElement other) {
    return one.getMethodName().equals(other.getMethodName())
        && one.getClassName().equals(other.getClassName());
  }

  /** All carriers have the same threads as before, no carrier has come and taken anything, and some waited both times. */
  private @Nullable Starved starved(Carriers.Look look, int same, Duration now) {
    if (look.waiting() == 0 || look.mounts().size() < look.carriers()) {
      return null;
    }
    Starved before = starved;
    boolean stands = before != null && same == look.carriers() && before.taken() == look.taken();
    return stands ? before : new Starved(look.taken(), now);
  }
}
