package io.leakwatch.registry;

import io.leakwatch.frames.Frames;
import io.leakwatch.registry.Tasks.Wrapper;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the account knows about one class of tasks or executors. Every lambda expression and every anonymous class has a
 * class of its own, so the class alone mostly tells where a thread was made, for the price of one look-up.
 *
 * <p>Kept in a {@link ClassValue}: it lives in the class it describes and goes when that class is unloaded. It is itself the
 * weak reference to that class, and what hooks count of a class is in it: each object more would be a cache line more that a
 * hook has to wait for.
 *
 * <p>Which stacks are taken: the first {@value #EACH} of the class in each epoch, then one in {@value #RARE} (one in
 * {@value #RARER} beyond {@value #MANY}), so that what starts rarely is always known and what starts often costs next to
 * nothing; while the class is under suspicion, because its live threads have become more for several censuses, the first
 * {@value #MANY}. Counted racily by the hooks; a few stacks more or less do no harm.
 */
public final class OriginClass extends WeakReference<Class<?>> {
  static final int EACH = 256;
  static final int MANY = 4_096;
  static final int RARE = 64;
  static final int RARER = 1_024;

  /** Censuses in a row with more live threads than before that make a class suspect. */
  private static final int SUSPECT_AFTER = 3;

  private static final int MAX_SITES = 16;

  /** Stacks taken in each epoch where tasks of a class are handed in. Most are handed in at one line. */
  static final int EACH_SUBMISSION = 4;

  /** The places where tasks of a class were handed in that were seen last. */
  private static final int MAX_SUBMISSIONS = 8;

  /** Virtual threads that were started, of all classes. */
  static final StartedInAll VIRTUAL_STARTS = new StartedInAll();

  private static final ClassValue<OriginClass> ORIGINS = new ClassValue<>() {
    @Override
    protected OriginClass computeValue(Class<?> type) {
      OriginClass origin = new OriginClass(
          type, readableName(type.getName()), Tasks.wrapperOf(type), Tasks.innerOf(type));
      VIRTUAL_STARTS.add(origin);
      return origin;
    }
  };

  private static final RecentOrigins RECENT = new RecentOrigins();

  private final String name;
  private final boolean theJdks;
  private final Wrapper wrapper;
  private final @Nullable UnsafeField inner;
  private final LifeCounts lives = new LifeCounts();

  // Written by hooks, racily.
  private int epoch;
  private int seen;
  private int submissionsEpoch = -1;
  private int submissionsSeen;

  // Written by the census only; the hooks read the first.
  private volatile boolean suspect;
  private int live;
  private int liveBefore;
  private int risesInARow;
  private boolean moreSites;
  private @Nullable String entry;
  private final List<CreationSite> sites = new ArrayList<>(1);
  private final List<CreationSite> submissions = new ArrayList<>(1);

  /** For tests: of no class. */
  OriginClass(String name) {
    this(null, name, Wrapper.NONE, null);
  }

  private OriginClass(
      @Nullable Class<?> type, String name, Wrapper wrapper, @Nullable UnsafeField inner) {
    super(type);
    this.name = name;
    this.theJdks = Frames.isJdk(name);
    this.wrapper = wrapper;
    this.inner = inner;
  }

  static OriginClass of(Class<?> type) {
    OriginClass recent = RECENT.find(type);
    return recent == null ? lookUp(type) : recent;
  }

  private static OriginClass lookUp(Class<?> type) {
    OriginClass origin = ORIGINS.get(type);
    RECENT.add(type, origin);
    return origin;
  }

  /** Called by the census: lets go of what is known of unloaded classes. */
  static void tidy() {
    RECENT.tidy();
  }

  /** The class name, without what differs from run to run in the names of lambda classes. */
  public String name() {
    return name;
  }

  /** What tasks of this class are called: by the method that is entered, where that is known, else by their class. */
  public String taskName() {
    return entry == null || entry.isEmpty() ? name : entry;
  }

  /**
   * By which method tasks of this class are entered; {@code null} when it is not known. Called by the census.
   *
   * @param type the class that this is of
   */
  @Nullable
  String entry(Class<?> type) {
    if (entry == null) {
      String found = EntryMethods.of(type);
      entry = found == null ? "" : found;
    }
    return entry.isEmpty() ? null : entry;
  }

  /** Where tasks of this class are handed in, as far as is known: the places that were seen last, the first first. */
  public List<CreationSite> submittedAt() {
    return Collections.unmodifiableList(submissions);
  }

  /** Whether it is a class of the JDK's: things of it are made all over the place, and the class tells nothing. */
  boolean isTheJdks() {
    return theJdks;
  }

  /** What the JDK has put around a task, where this is the class of that. */
  Wrapper wrapper() {
    return wrapper;
  }

  /** How to read what is inside, for {@link Wrapper#OTHER}. */
  @Nullable
  UnsafeField inner() {
    return inner;
  }

  /** The virtual threads of tasks of this class. */
  LifeCounts lives() {
    return lives;
  }

  /** The places where things of this class are made, as far as is known; at most {@value #MAX_SITES}. */
  public List<CreationSite> sites() {
    return Collections.unmodifiableList(sites);
  }

  /** Whether the stack of the event at hand is to be taken. Called by hooks. */
  boolean claimStack(StackBudget budget) {
    int now = budget.epoch();
    if (epoch != now) {
      epoch = now;
      seen = 0;
    }
    int n = ++seen;
    boolean wanted = n <= (suspect ? MANY : EACH) || n % (n <= MANY ? RARE : RARER) == 0;
    return wanted && budget.claim();
  }

  /**
   * Whether the stack of the submission at hand is to be taken: the first few of each epoch. Behind those a submission costs
   * two reads and no write, so that threads which hand in tasks at once do not fight for a cache line. Called by hooks.
   */
  boolean claimSubmission(StackBudget budget) {
    int now = budget.epoch();
    if (submissionsEpoch != now) {
      submissionsEpoch = now;
      submissionsSeen = 0;
    } else if (submissionsSeen >= EACH_SUBMISSION) {
      return false;
    }
    submissionsSeen++;
    return budget.claim();
  }

  /** One of the places where tasks of this class are handed in. Called by the census. */
  void addSubmission(CreationSite site) {
    if (!submissions.contains(site)) {
      if (submissions.size() == MAX_SUBMISSIONS) {
        submissions.remove(0);
      }
      submissions.add(site);
    }
  }

  /** One of the places where things of this class are made. Called by the census. */
  void addSite(CreationSite site) {
    if (!sites.contains(site)) {
      if (sites.size() < MAX_SITES) {
        sites.add(site);
      } else {
        moreSites = true;
      }
    }
  }

  /** The place where all things of this class are made, as far as is known; {@code null} when there are several. */
  @Nullable
  CreationSite onlySite() {
    return sites.size() == 1 && !moreSites ? sites.get(0) : null;
  }

  /** Counts one live thread in the running census; true for its first. */
  boolean countLive() {
    return live++ == 0;
  }

  /** Ends the running census for this class. */
  void endCensus() {
    risesInARow = live > liveBefore ? risesInARow + 1 : live < liveBefore ? 0 : risesInARow;
    suspect = risesInARow >= SUSPECT_AFTER;
    liveBefore = live;
    live = 0;
  }

  static String readableName(String className) {
    int lambda = className.indexOf("$$Lambda");
    return lambda < 0 ? className : className.substring(0, lambda + "$$Lambda".length());
  }
}
