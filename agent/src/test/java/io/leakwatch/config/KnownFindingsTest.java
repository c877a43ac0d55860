package io.leakwatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownFindingsTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 1, 31);

  private final Path directory;

  KnownFindingsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void noFileMeansThatNothingIsKnown() {
    KnownFindings known = KnownFindings.read(null, TODAY);
    assertThat(known.contains("7f3a9c21b0d4", TODAY)).isFalse();
    assertThat(known.warnings()).isEmpty();
  }

  @Test
  void anEntryNeedsNoMoreThanAFingerprint() throws IOException {
    KnownFindings known = read(
        "# accepted in January",
        "",
        "7f3a9c21b0d4",
        "0123456789ab the watchdog, see ticket #12",
        "\tABCDEFABCDEF\texpires=2026-06-30\tuntil the client is replaced  ");
    assertThat(known.warnings()).isEmpty();
    assertThat(known.contains("7f3a9c21b0d4", TODAY)).isTrue();
    assertThat(known.contains("0123456789ab", TODAY)).isTrue();
    assertThat(known.contains("abcdefabcdef", TODAY)).isTrue();
    assertThat(known.contains("ffffffffffff", TODAY)).isFalse();
  }

  @Test
  void anEntryCountsUpToTheDayItNames() throws IOException {
    KnownFindings known = read("7f3a9c21b0d4 expires=2026-01-31 soon");
    assertThat(known.warnings()).isEmpty();
    assertThat(known.contains("7f3a9c21b0d4", TODAY)).isTrue();
    assertThat(known.contains("7f3a9c21b0d4", TODAY.plusDays(1))).isFalse();
  }

  @Test
  void theAcceptedAreInTheOrderOfTheFileWithoutThoseThatHaveExpired() throws IOException {
    KnownFindings known = read(
        "7f3a9c21b0d4 expires=2026-01-31 soon",
        "nonsense",
        "000000000000 expires=2026-01-30 late",
        "0123456789ab the watchdog");
    assertThat(known.acceptedOn(TODAY)).containsExactly("7f3a9c21b0d4", "0123456789ab");
    assertThat(known.acceptedOn(TODAY.plusDays(1))).containsExactly("0123456789ab");
  }

  @Test
  void anExpiredEntryNoLongerCountsAndIsSaid() throws IOException {
    KnownFindings known = read("", "7f3a9c21b0d4 expires=2026-01-30 fixed in 4.2");
    assertThat(known.contains("7f3a9c21b0d4", TODAY)).isFalse();
    assertThat(known.warnings())
        .containsExactly("known: " + file()
            + ", line 2: 7f3a9c21b0d4 expired on 2026-01-30; it no longer counts");
  }

  @Test
  void aBadLineIsOneWarningAndTheRestCounts() throws IOException {
    KnownFindings known = read(
        "7f3a9c21b0d",
        "7f3a9c21b0dx the last digit is none",
        "111111111111 expires=tomorrow",
        "222222222222 expires=2026-02-30",
        "333333333333 a reason expires=2026-12-31",
        "444444444444 fine",
        "444444444444 again");
    String form =
        " is not a fingerprint of 12 hex digits, expires=YYYY-MM-DD if it does, the reason;"
            + " it is ignored";
    assertThat(known.warnings())
        .containsExactly(
            "known: " + file() + ", line 1: \"7f3a9c21b0d\"" + form,
            "known: " + file() + ", line 2: \"7f3a9c21b0dx the last digit is none\"" + form,
            "known: " + file() + ", line 3: \"111111111111 expires=tomorrow\"" + form,
            "known: " + file() + ", line 4: \"222222222222 expires=2026-02-30\"" + form,
            "known: " + file() + ", line 5: \"333333333333 a reason expires=2026-12-31\"" + form,
            "known: " + file() + ", line 7: 444444444444 is there already; the first one counts");
    assertThat(known.contains("111111111111", TODAY)).isFalse();
    assertThat(known.contains("333333333333", TODAY)).isFalse();
    assertThat(known.contains("444444444444", TODAY)).isTrue();
  }

  @Test
  void aFileThatCannotBeReadIsOneWarning() {
    String missing = directory.resolve("missing").toString();
    assertThat(KnownFindings.read(missing, TODAY).warnings())
        .containsExactly(
            "known: \"" + missing + "\" cannot be read: it does not exist; no finding is known");
  }

  @Test
  void whatWasNotFoundIsToldWithItsReason() throws IOException {
    KnownFindings known = read(
        "7f3a9c21b0d4 expires=2026-12-31 vendor's pool, fixed in their 4.2",
        "0123456789ab the watchdog",
        "aaaaaaaaaaaa");

    assertThat(known.without(Set.of("0123456789ab")))
        .containsExactly("7f3a9c21b0d4 vendor's pool, fixed in their 4.2", "aaaaaaaaaaaa");
  }

  private KnownFindings read(String... lines) throws IOException {
    Files.writeString(file(), String.join("\n", lines) + "\n");
    return KnownFindings.read(file().toString(), TODAY);
  }

  private Path file() {
    return directory.resolve("known.txt");
  }
}
