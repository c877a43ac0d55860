package io.leakwatch.sample;

import io.leakwatch.frames.CodeOwners;
import io.leakwatch.frames.Frames;
import io.leakwatch.frames.TaskFrames;
import io.leakwatch.registry.CreationSite;
import io.leakwatch.registry.OriginClass;
import io.leakwatch.registry.TaskRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells of a running task, by the stack of its thread, what was handed in and where. */
final class Submissions {
  private final TaskRegistry tasks;
  private final CodeOwners owners;

  Submissions(TaskRegistry tasks, CodeOwners owners) {
    this.tasks = tasks;
    this.owners = owners;
  }

  /** Where a task that runs with this stack was handed in: all places that are known for its class. */
  List<CreationSite> places(List<StackTraceElement> stack) {
    return enteredBy(stack).stream()
        .flatMap(origin -> origin.submittedAt().stream())
        .toList();
  }

  /**
   * The frame to know such places by: the first one's, and how many there are beside it; empty when none is known.
   *
   * @param executor the class of the executor, whose own methods are not the place
   */
  String text(List<CreationSite> places, String executor) {
    List<String> frames = places.stream()
        .map(place -> outside(place, executor))
        .map(this::ownFrame)
        .flatMap(Optional::stream)
        .distinct()
        .toList();
    if (frames.isEmpty()) {
      return "";
    }
    int others = frames.size() - 1;
    return frames.get(0)
        + (others == 0 ? "" : " or " + others + (others == 1 ? " other place" : " other places"));
  }

  /** The frames of a place without those of the executor itself: its constructor, or a method that it overrides. */
  static List<StackTraceElement> outside(CreationSite place, String executor) {
    List<StackTraceElement> outside = place.frames().stream()
        .filter(frame -> !frame.getClassName().equals(executor))
        .toList();
    return outside.isEmpty() ? place.frames() : outside;
  }

  /** The innermost frame of the application, else of a library; empty when all are the JDK's. */
  Optional<String> ownFrame(List<StackTraceElement> stack) {
    List<StackTraceElement> foreign =
        stack.stream().filter(f -> !Frames.isJdk(f.getClassName())).toList();
    return Stream.concat(
            foreign.stream().filter(f -> owners.isApplication(f.getClassName())), foreign.stream())
        .findFirst()
        .map(Frames::text);
  }

  /** What was handed in is entered first; what it calls may be a task of its own elsewhere. */
  private Collection<OriginClass> enteredBy(List<StackTraceElement> stack) {
    return tasks.enteredBy(TaskFrames.entry(stack));
  }
}
