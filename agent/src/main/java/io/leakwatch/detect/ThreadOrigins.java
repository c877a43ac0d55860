package io.leakwatch.detect;

import io.leakwatch.finding.ThreadOrigin;
import io.leakwatch.frames.CodeOwners;
import io.leakwatch.frames.Frames;
import io.leakwatch.sample.Sample;
import io.leakwatch.sample.SiteExecutors;
import io.leakwatch.sample.SiteProof;
import io.leakwatch.sample.SiteThreads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells of the threads that a proof is about what the account knows of them and the proof cannot: who made them, and when. */
public final class ThreadOrigins {
  private final Set<String> open;
  private final CodeOwners owners;

  /**
   * Tells origins.
   *
   * @param open the fingerprints of the open findings
   * @param owners whose code is whose, for the choice of suspects
   */
  public ThreadOrigins(Set<String> open, CodeOwners owners) {
    this.open = Set.copyOf(open);
    this.owners = owners;
  }

  /** Of all threads that a sample lists as those that the proof is about. */
  public List<ThreadOrigin> of(Sample sample) {
    Map<Long, SiteExecutors> executors = new HashMap<>();
    sample.executors().forEach(group -> executors.put(group.origin(), group));
    List<ThreadOrigin> origins = new ArrayList<>();
    for (SiteThreads group : sample.threads()) {
      SiteProof proof = group.proof();
      SiteThreads.Owner owner = group.executor();
      SiteExecutors executor = owner == null ? null : executors.get(owner.origin());
      for (SiteProof.Found found : proof == null ? List.<SiteProof.Found>of() : proof.found()) {
        origins.add(new ThreadOrigin(
            found.threads(),
            found.age(),
            Culprits.suspects(group.createdAt(), List.of(), owners),
            Frames.text(group.createdAt()),
            executor == null ? null : executor(executor),
            fingerprints(group, executor)));
      }
    }
    return origins;
  }

  private ThreadOrigin.Executor executor(SiteExecutors group) {
    return new ThreadOrigin.Executor(
        group.noun(),
        Culprits.suspects(group.createdAt(), List.of(), owners),
        Frames.text(group.createdAt()));
  }

  /** A finding is known by its cause: these threads belong to those whose cause they have. */
  private List<String> fingerprints(SiteThreads threads, @Nullable SiteExecutors executor) {
    Stream<String> ofThreads = Stream.of(ThreadGrowthDetector.fingerprint(threads));
    Stream<String> ofExecutor = executor == null
        ? Stream.empty()
        : Stream.of(
            ExecutorNeverShutDownDetector.fingerprint(executor),
            ExecutorNotTerminatedDetector.fingerprint(executor));
    return Stream.concat(ofThreads, ofExecutor)
        .filter(open::contains)
        .distinct()
        .toList();
  }
}
