package io.leakwatch.config;

import io.leakwatch.text.PlainText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the sources say, as it is gathered, from the strongest source to the weakest, and what is wrong with it. Used by
 * one thread.
 */
final class Settings {

  private final Map<String, Setting> byKey = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  /** Takes in a setting of an option, unless a stronger source has one for it. */
  void add(Setting setting) {
    if (OptionNames.find(setting.key()) == null) {
      addUnknown(
          PlainText.quote(setting.key()), setting.place(), OptionNames.closest(setting.key()));
      return;
    }
    Setting earlier = byKey.putIfAbsent(setting.key(), setting);
    if (earlier != null && earlier.source() == setting.source()) {
      byKey.put(setting.key(), setting);
      addProblem(setting.key() + ": given twice (" + setting.place() + ")", "the last one is used");
    }
  }

  /** Notes that something was set that is no option; {@code closest} is what was probably meant. */
  void addUnknown(String quotedName, String place, @Nullable String closest) {
    String hint = closest == null ? "" : ", did you mean " + closest + "?";
    problems.add(
        new Problem("unknown option " + quotedName + " (" + place + ")", "it is ignored", hint));
  }

  void addProblem(String what, String consequence) {
    problems.add(new Problem(what, consequence, ""));
  }

  @Nullable
  Setting find(ConfigOption<?> option) {
    return byKey.get(option.key());
  }

  /** The option's value. A bad one is noted, and the default taken instead. */
  <T> T value(ConfigOption<T> option) {
    Setting setting = find(option);
    if (setting == null) {
      return option.defaultValue();
    }
    T value = option.parse(setting.value());
    if (value != null) {
      return value;
    }
    byKey.remove(option.key());
    addProblem(
        option.key()
            + ": "
            + PlainText.quote(setting.value())
            + " ("
            + setting.place()
            + ") is not "
            + option.acceptedForm(),
        "the default " + option.defaultText() + " is used");
    return option.defaultValue();
  }

  List<Problem> problems() {
    return problems;
  }

  /** The effective value of every option, and where it is from unless it is the default. */
  String describe() {
    StringBuilder line = new StringBuilder();
    for (ConfigOption<?> option : ConfigOption.all()) {
      Setting setting = find(option);
      line.append(line.isEmpty() ? "" : " ").append(option.key()).append('=');
      if (setting == null) {
        line.append(option.defaultText());
      } else {
        line.append(asWritten(setting.value()));
        line.append(" (").append(setting.source().label()).append(')');
      }
    }
    return line.toString();
  }

  /** Quoted where it would otherwise run into the next one. */
  private static String asWritten(String value) {
    boolean plain = !value.isEmpty() && value.indexOf(' ') < 0 && value.indexOf('"') < 0;
    return plain ? PlainText.of(value) : '"' + PlainText.of(value) + '"';
  }
}
