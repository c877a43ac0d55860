package io.leakwatch.text;

import java.util.ArrayList;
import java.util.List;

/** Numbers as short text: {@code 3 5-9 12}. Made for the numbers of threads, of which many follow each other. */
public final class NumberRanges {
  private NumberRanges() {}

  /**
   * As text; empty for no numbers.
   *
   * @param ascending the numbers, none negative, none twice, the smallest first
   */
  public static String format(List<Long> ascending) {
    StringBuilder text = new StringBuilder();
    for (int from = 0, to; from < ascending.size(); from = to) {
      to = from + 1;
      while (to < ascending.size() && ascending.get(to) == ascending.get(to - 1) + 1) {
        to++;
      }
      text.append(from == 0 ? "" : " ").append(ascending.get(from));
      if (to - from > 1) {
        text.append('-').append(ascending.get(to - 1));
      }
    }
    return text.toString();
  }

  /**
   * The numbers that a text stands for.
   *
   * @param most as many numbers are taken at most
   * @throws IllegalArgumentException when it is no such text, or stands for more numbers
   */
  public static List<Long> parse(String text, int most) {
    List<Long> numbers = new ArrayList<>();
    for (String range : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
      int dash = range.indexOf('-');
      long from = number(dash < 0 ? range : range.substring(0, dash));
      long to = dash < 0 ? from : number(range.substring(dash + 1));
      boolean ascends = numbers.isEmpty() || from > numbers.get(numbers.size() - 1);
      if (to < from || !ascends) {
        throw new IllegalArgumentException("numbers must ascend: " + PlainText.quote(range));
      }
      if (to - from >= most - numbers.size()) {
        throw new IllegalArgumentException("more than " + most + " numbers");
      }
      for (long number = from; number <= to; number++) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  private static long number(String digits) {
    if (!digits.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException("not a number: " + PlainText.quote(digits));
    }
    return Long.parseLong(digits);
  }
}
