package io.leakwatch.prove.heap;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Tells the classes of a dump about each other. */
final class ClassLinks {
  private final List<HeapClass> classes;
  private final Names names;
  private final int idSize;

  ClassLinks(List<HeapClass> classes, Names names, int idSize) {
    this.classes = classes;
    this.names = names;
    this.idSize = idSize;
  }

  /** Tells each class its superclass; returns the number of each class by its id. */
  LongTable link() {
    LongTable numbers = new LongTable();
    for (int i = 0; i < classes.size(); i++) {
      numbers.put(classes.get(i).id(), i);
    }
    boolean[] visited = new boolean[classes.size()];
    boolean[] linked = new boolean[classes.size()];
    Deque<Integer> chain = new ArrayDeque<>();
    for (int i = 0; i < linked.length; i++) {
      // From the class up to the first superclass that is linked, then back down.
      for (int next = i; next >= 0 && !visited[next]; next = superNumber(next, numbers)) {
        visited[next] = true;
        chain.push(next);
      }
      while (!chain.isEmpty()) {
        int number = chain.pop();
        int superNumber = superNumber(number, numbers);
        // In a corrupt dump a class may be its own superclass.
        boolean known = superNumber >= 0 && linked[superNumber];
        HeapClass type = classes.get(number);
        type.link(
            number, names.ofClass(type.id()), known ? classes.get(superNumber) : null, idSize);
        linked[number] = true;
      }
    }
    return numbers;
  }

  private int superNumber(int number, LongTable numbers) {
    long superId = classes.get(number).superId;
    return superId == 0 ? -1 : (int) numbers.get(superId);
  }
}
