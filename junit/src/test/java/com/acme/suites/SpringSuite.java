package com.acme.suites;

import io.leakwatch.junit.NoLeaks;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** Its context has a pool that grows in the tests, and a schedule; Spring keeps both for other classes. */
@NoLeaks(linger = "300ms")
@SpringJUnitConfig
class SpringSuite {
  @Autowired
  @SuppressWarnings("NullAway.Init")
  private ThreadPoolTaskExecutor pool;

  @Test
  void usesThePool() throws Exception {
    pool.submit(() -> {}).get();
    pool.submit(() -> {}).get();
  }

  @Test
  void leavesATaskInIt() {
    pool.execute(Parked::here);
  }

  @Configuration
  @EnableScheduling
  static class Beans {
    @Bean(destroyMethod = "shutdown")
    ThreadPoolTaskExecutor pool() {
      ThreadPoolTaskExecutor made = new ThreadPoolTaskExecutor();
      made.setCorePoolSize(4);
      made.setDaemon(true);
      return made;
    }

    @Scheduled(fixedRate = 10)
    void tick() {}
  }
}
