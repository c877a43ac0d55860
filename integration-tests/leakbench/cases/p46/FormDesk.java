package leakbench.p46;

import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.subjects.PublishSubject;
import java.util.concurrent.atomic.AtomicLong;
import leakbench.harness.Harness;

/** A view model per opened form listens to a shared event bus on an I/O worker, for as long as it is subscribed. */
public final class FormDesk {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p46", args);
    PublishSubject<Integer> bus = PublishSubject.create();
    h.drive(4, i -> {
      FormModel form = new FormModel();
      form.connect(bus);
      synchronized (bus) {
        bus.onNext(i);
      }
      if (!h.leaky()) {
        form.close();
      }
    });
    h.finish();
  }
}

final class FormModel {
  private final AtomicLong seen = new AtomicLong();
  private Disposable subscription;

  void connect(PublishSubject<Integer> bus) {
    subscription = bus.observeOn(Schedulers.io()).subscribe(seen::addAndGet);
  }

  void close() {
    subscription.dispose();
  }
}
