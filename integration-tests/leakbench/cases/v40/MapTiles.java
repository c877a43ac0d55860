package leakbench.v40;

import java.util.concurrent.Phaser;
import leakbench.harness.Harness;

/** A map is drawn in layers, a virtual thread each, that wait for one another; a layer that fails never arrives. */
public final class MapTiles {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("v40", args);
    h.driveInline(4, i -> new MapTile(h.leaky()).draw(i));
    h.finish();
  }
}

final class MapTile {
  private static final int LAYERS = 3;

  private final Phaser drawn = new Phaser(LAYERS);
  private final boolean forgetsFailed;

  MapTile(boolean forgetsFailed) {
    this.forgetsFailed = forgetsFailed;
  }

  void draw(int tile) {
    for (int layer = 0; layer < LAYERS; layer++) {
      int number = layer;
      Thread.ofVirtual().name("layer-" + layer).start(() -> layer(tile, number));
    }
  }

  private void layer(int tile, int number) {
    if (tile % 4 == 0 && number == 1) {
      if (!forgetsFailed) {
        drawn.arriveAndDeregister();
      }
      return;
    }
    drawn.arriveAndAwaitAdvance();
  }
}
