package leakbench.v02;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import leakbench.harness.Harness;

/** A room is a virtual-thread verticle that awaits its next message until it is undeployed (library bug). */
public final class RoomServer {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("v02", args);
    Rooms rooms = new Rooms(Vertx.vertx());
    h.drive(5, i -> rooms.openAndClose());
    h.finish();
  }
}

final class Rooms {
  private final Vertx vertx;

  Rooms(Vertx vertx) {
    this.vertx = vertx;
  }

  void openAndClose() throws Exception {
    String id = vertx
        .deployVerticle(
            Room::new, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
        .toCompletionStage()
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
    Thread.sleep(50);
    vertx.undeploy(id).toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
  }
}

final class Room extends AbstractVerticle {
  @Override
  public void start() {
    context.runOnContext(v -> awaitNext());
  }

  private void awaitNext() {
    Promise<String> next = Promise.promise();
    Future.await(next.future());
  }
}
