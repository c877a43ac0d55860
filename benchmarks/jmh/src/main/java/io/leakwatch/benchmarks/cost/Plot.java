package io.leakwatch.benchmarks.cost;

import io.leakwatch.benchmarks.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A chart of ratios over powers of ten, as the text of an SVG file; readable on a light and on a dark page. */
final class Plot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 360;
  private static final int LEFT = 60;
  private static final int RIGHT = 20;
  private static final int TOP = 40;
  private static final int BOTTOM = 80;
  private static final double STEP = 0.05;
  private static final List<String> COLOURS = List.of("#1f77b4", "#d95f02", "#2a9d50");

  /**
   * A curve.
   *
   * @param points one for each power of ten, from 1 on
   */
  record Series(String title, List<Spread> points) {}

  private final String title;
  private final String axis;
  private final List<Series> series;
  private final double least;
  private final double most;
  private final int points;

  /**
   * A chart.
   *
   * @param axis what the horizontal one counts
   */
  Plot(String title, String axis, List<Series> series) {
    this.title = title;
    this.axis = axis;
    this.series = series;
    List<Spread> all = series.stream().flatMap(s -> s.points().stream()).toList();
    double low = all.stream().mapToDouble(Spread::least).min().orElse(1);
    double high = all.stream().mapToDouble(Spread::most).max().orElse(1);
    least = Math.min(0.9, Math.floor(low / STEP) * STEP);
    most = Math.max(1.2, Math.ceil(high / STEP) * STEP);
    points = series.stream().mapToInt(s -> s.points().size()).max().orElse(1);
  }

  /** The file's text. */
  String svg() {
    List<String> lines = new ArrayList<>();
    lines.add(format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">",
        WIDTH, HEIGHT));
    lines.add(format("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, HEIGHT));
    lines.add(text(WIDTH / 2.0, 22, "middle", title));
    lines.add(text(WIDTH / 2.0, HEIGHT - 40.0, "middle", axis));
    grid(lines);
    for (int i = 0; i < series.size(); i++) {
      curve(lines, series.get(i), COLOURS.get(i % COLOURS.size()));
      legend(lines, i);
    }
    lines.add("</svg>");
    return String.join("\n", lines) + "\n";
  }

  private void grid(List<String> lines) {
    double step = STEP * Math.max(1, Math.ceil((most - least) / STEP / 10));
    for (double ratio = least; ratio < most + step / 2; ratio += step) {
      String colour = Math.abs(ratio - 1) < STEP / 2 ? "#555555" : "#dddddd";
      lines.add(line(LEFT, y(ratio), WIDTH - RIGHT, y(ratio), colour));
      lines.add(text(LEFT - 8.0, y(ratio) + 4, "end", format("%.2f", ratio)));
    }
    for (int i = 0; i < points; i++) {
      lines.add(
          text(x(i), HEIGHT - BOTTOM + 18.0, "middle", format("%,d", Math.round(Math.pow(10, i)))));
    }
  }

  private void curve(List<String> lines, Series one, String colour) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < one.points().size(); i++) {
      Spread point = one.points().get(i);
      path.append(format("%.1f,%.1f ", x(i), y(point.median())));
      lines.add(line(x(i), y(point.least()), x(i), y(point.most()), colour));
      lines.add(format(
          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>",
          x(i), y(point.median()), colour));
    }
    lines.add(format(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
        path.toString().strip(), colour));
  }

  private void legend(List<String> lines, int index) {
    double at = LEFT + index * (WIDTH - LEFT - RIGHT) / (double) Math.max(1, series.size());
    double y = HEIGHT - 14.0;
    lines.add(format(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"12\" height=\"12\" fill=\"%s\"/>",
        at, y - 11, COLOURS.get(index % COLOURS.size())));
    lines.add(text(at + 18, y, "start", series.get(index).title()));
  }

  private double x(int index) {
    return LEFT + 20 + index * (WIDTH - LEFT - RIGHT - 40.0) / Math.max(1, points - 1);
  }

  private double y(double ratio) {
    return HEIGHT - BOTTOM - (ratio - least) / (most - least) * (HEIGHT - TOP - BOTTOM);
  }

  private static String line(double x1, double y1, double x2, double y2, String colour) {
    return format(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>",
        x1, y1, x2, y2, colour);
  }

  private static String text(double x, double y, String anchor, String text) {
    return format(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
        x, y, anchor, text.replace("&", "&amp;").replace("<", "&lt;"));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
