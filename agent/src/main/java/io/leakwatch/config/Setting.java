package io.leakwatch.config;

/**
 * One key and value as found in one source.
 *
 * @param key such as {@code interval}, whether there is such an option or not
 * @param value as written, not validated
 * @param source the kind of source
 * @param place exactly where, such as {@code config file leakwatch.conf, line 3}
 */
record Setting(String key, String value, ConfigSource source, String place) {}
