package leakbench.p07;

import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import leakbench.harness.Harness;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/** Runs ad-hoc reports through Quartz. */
public final class ReportDesk {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p07", args);
    ReportRunner runner = new ReportRunner(!h.leaky());
    h.drive(3, i -> runner.runNow("report-" + i));
    h.finish();
  }
}

final class ReportRunner {
  private final boolean shutdown;

  ReportRunner(boolean shutdown) {
    this.shutdown = shutdown;
  }

  void runNow(String name) throws Exception {
    Scheduler s = newScheduler();
    try {
      CountDownLatch done = new CountDownLatch(1);
      s.getContext().put("done", done);
      s.start();
      s.scheduleJob(
          JobBuilder.newJob(ReportJob.class).withIdentity(name).build(),
          TriggerBuilder.newTrigger().startNow().build());
      done.await(5, TimeUnit.SECONDS);
    } finally {
      if (shutdown) {
        s.shutdown(true);
      }
    }
  }

  private Scheduler newScheduler() throws SchedulerException {
    Properties p = new Properties();
    p.setProperty("org.quartz.scheduler.instanceName", "adhoc-" + UUID.randomUUID());
    p.setProperty("org.quartz.threadPool.threadCount", "2");
    p.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    p.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
    p.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
    return new StdSchedulerFactory(p).getScheduler();
  }

  public static final class ReportJob implements Job {
    @Override
    public void execute(JobExecutionContext x) {
      try {
        Thread.sleep(20);
        ((CountDownLatch) x.getScheduler().getContext().get("done")).countDown();
      } catch (InterruptedException | SchedulerException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
