package io.leakwatch.prove.heap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netbeans.lib.profiler.heap.GCRoot;
import org.netbeans.lib.profiler.heap.Heap;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.Instance;
import org.netbeans.lib.profiler.heap.JavaClass;
import org.netbeans.lib.profiler.heap.JavaFrameGCRoot;
import org.netbeans.lib.profiler.heap.ThreadObjectGCRoot;

/** Reads a dump of this JVM, and has NetBeans' profiler read it, too: both must find the same. */
class NetBeansOracleTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Test
  void findsTheSameObjectsRootsAndStacks() throws IOException {
    Path file = folder.resolve("own.hprof");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(file.toString(), true);
    HeapDump dump = HeapDump.open(file, type -> false, percent -> {});
    Heap oracle = HeapFactory.createHeap(file.toFile());

    @SuppressWarnings("unchecked")
    Collection<JavaClass> classes = oracle.getAllClasses();
    long instances = 0;
    TreeMap<String, Integer> sizes = new TreeMap<>();
    for (JavaClass type : classes) {
      instances += type.getInstancesCount();
      sizes.merge(type.getName(), 1, Integer::sum);
    }
    // Its own classes for the arrays of primitives are none of the dump.
    assertThat(dump.objects() - dump.classes().size()).isEqualTo(instances);
    for (HeapClass type : dump.classes()) {
      assertThat(oracle.getJavaClassByID(type.id())).as(type.name()).isNotNull();
    }
    threads(dump, oracle);
    sampledObjects(dump, oracle);
  }

  private static void threads(HeapDump dump, Heap oracle) {
    @SuppressWarnings("unchecked")
    Collection<GCRoot> roots = oracle.getGCRoots();
    List<ThreadObjectGCRoot> threads = new ArrayList<>();
    long frameRoots = 0;
    for (GCRoot root : roots) {
      if (root instanceof ThreadObjectGCRoot thread) {
        threads.add(thread);
      }
      frameRoots += root instanceof JavaFrameGCRoot ? 1 : 0;
    }
    assertThat(dump.threads().size()).isEqualTo(threads.size());
    TreeMap<Long, List<String>> expected = new TreeMap<>();
    for (ThreadObjectGCRoot thread : threads) {
      List<String> frames = new ArrayList<>();
      for (StackTraceElement frame : thread.getStackTrace()) {
        frames.add(
            frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber());
      }
      expected.put(thread.getInstance().getInstanceId(), frames);
    }
    long[] ownFrameRoots = {0};
    for (int i = 0; i < dump.threads().size(); i++) {
      List<String> frames = new ArrayList<>();
      for (StackTraceElement frame : dump.threads().stack(i)) {
        frames.add(
            frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber());
      }
      assertThat(frames).isEqualTo(expected.get(dump.threads().object(i)));
      dump.threads().eachStackRoot(i, (id, frame, at) -> ownFrameRoots[0] += frame >= 0 ? 1 : 0);
    }
    assertThat(ownFrameRoots[0]).isGreaterThanOrEqualTo(frameRoots).isPositive();
  }

  private static void sampledObjects(HeapDump dump, Heap oracle) {
    int compared = 0;
    for (HeapClass type : dump.classes()) {
      JavaClass its = oracle.getJavaClassByID(type.id());
      @SuppressWarnings("unchecked")
      List<Instance> instances = its.getInstancesCount() > 2_000 ? List.of() : its.getInstances();
      for (Instance instance : instances) {
        long at = dump.position(instance.getInstanceId());
        assertThat(at).isNotEqualTo(HeapDump.ABSENT);
        assertThat(dump.idAt(at)).isEqualTo(instance.getInstanceId());
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(1_000);
  }
}
