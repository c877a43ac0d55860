package io.leakwatch.sample;

import io.leakwatch.frames.CodeOwners;
import io.leakwatch.frames.Frames;
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

  /** The class that was handed in, of a task that runs with this stack; empty when it was not seen being handed in. */
  String taskClass(List<StackTraceElement> stack) {
    Collection<OriginClass> entered = enteredBy(stack);
    return entered.isEmpty() ? "" : entered.iterator().next().name();
  }

  /** Where a task that runs with this stack was handed in: all places that are known for its class. */
  List<CreationSite> places(List<StackTraceElement> stack) {
    return enteredBy(stack).stream()
        .flatMap(origin -> origin.submittedAt().stream())
        .toList();
  }

  /**
   * The frame to know such places by: the first one's, and how many there are beside it; empty when none is known.
   */
  String text(List<CreationSite> places) {
    List<String> frames = places.stream()
        .map(CreationSite::frames)
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

  /** The innermost frame of the application, else of a library; empty when all are the JDK's. */
  Optional<String> ownFrame(List<StackTraceElement> stack) {
    List<StackTraceElement> foreign =
        stack.stream().filter(f -> !Frames.isJdk(f.getClassName())).toList();
    return Stream.concat(
            foreign.stream().filter(f -> owners.isApplication(f.getClassName())), foreign.stream())
        .findFirst()
        .map(Frames::text);
  }

  /** From the outermost frame inwards: what was handed in is entered first, and what it is wrapped around later. */
  private Collection<OriginClass> enteredBy(List<StackTraceElement> stack) {
    for (int i = stack.size() - 1; i >= 0; i--) {
      StackTraceElement frame = stack.get(i);
      Collection<OriginClass> known =
          tasks.enteredBy(frame.getClassName() + "." + frame.getMethodName());
      if (!known.isEmpty()) {
        return known;
      }
    }
    return List.of();
  }
}
