package com.acme;

import com.acme.pool.TaskPool;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;

/** Prices a list of products a request, in a pool that lives as long as the request. */
final class PriceList implements Service {
  private static final int PRODUCTS = 20;
  private static final int AT_A_TIME = 8;

  private long served;
  private long checksum;

  @Override
  public void serve() throws InterruptedException, ExecutionException {
    long first = PRODUCTS * served++;
    List<Long> products = LongStream.range(first, first + PRODUCTS).boxed().toList();
    try (TaskPool pool = new TaskPool(AT_A_TIME)) {
      for (long price : pool.map(products, PriceList::price)) {
        checksum = 31 * checksum + price;
      }
    }
  }

  @Override
  public String finish() {
    return "checksum " + Long.toHexString(checksum);
  }

  private static long price(long product) {
    return product * product % 1_009;
  }
}
