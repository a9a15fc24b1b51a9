package io.siaran.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} says what every {@code @ConfigMapping} says, and what an installation has to set. */
class ConfigurationPageTest {

    private static final String HEAD = """
            # Settings

            This page is written by `./siaran docs` from the `@ConfigMapping`s and the properties of the services. Do not edit it.

            Each setting is also an environment variable: `siaran.release.interval` is `SIARAN_RELEASE_INTERVAL`. Durations are written
            `250ms`, `10s`, `5m`, `24h`; sizes `64K`, `1M`. A setting without a default must be set.

            ## What an installation sets

            | setting | environment variable | default | used by |
            |---|---|---|---|
            """;

    private static final Pattern SETTING = Pattern.compile("(?m)^\\| `(siaran\\.[^`]+)` \\|");
    /** By injection, or by the scheduler. */
    private static final Pattern READ =
            Pattern.compile("@ConfigProperty\\(\\s*name = \"(siaran\\.[^\"]+)\"|\"\\$?\\{(siaran\\.[a-z0-9.-]+)[}:]");

    @Test
    void the_committed_page_is_that_of_the_code() throws IOException {
        List<Setting> settings = new ArrayList<>();
        Map<String, Map<String, String>> defaults = new TreeMap<>();
        for (Path file : Pages.files(".properties")) {
            if (file.toString().contains("/src/main/")) {
                defaults.computeIfAbsent(module(file), _ -> new TreeMap<>()).putAll(Properties.read(file));
            }
        }
        for (Path file : Pages.files("Config.java")) {
            if (file.toString().contains("/src/main/")) {
                String module = module(file);
                settings.addAll(ConfigSource.settings(file, module, defaults.getOrDefault(module, Map.of())));
            }
        }

        assertThat(settings.stream()
                        .filter(setting -> setting.meaning().isBlank())
                        .map(Setting::name))
                .as("settings without a sentence that says what they do")
                .isEmpty();
        Pages.mustBe("docs/configuration.md", HEAD + installation(defaults) + sections(settings));
    }

    /** A setting that no mapping has is not in what the page is written from, so nobody would miss it. */
    @Test
    void every_setting_that_the_code_reads_is_on_the_page() throws IOException {
        String page = Files.readString(Pages.REPOSITORY.resolve("docs/configuration.md"));
        Set<String> documented = SETTING.matcher(page)
                .results()
                .map(each -> each.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Map<String, Path> read = new TreeMap<>();
        for (Path file : Pages.files(".java")) {
            if (file.toString().contains("/src/main/")) {
                READ.matcher(Files.readString(file))
                        .results()
                        .forEach(each -> read.put(each.group(1) == null ? each.group(2) : each.group(1), file));
            }
        }
        for (Path file : Pages.files(".properties")) {
            if (file.toString().contains("/src/main/")) {
                Properties.read(file).keySet().stream()
                        .filter(name -> name.startsWith("siaran."))
                        .forEach(name -> read.put(name, file));
            }
        }

        assertThat(read).hasSizeGreaterThan(100);
        read.keySet()
                .removeIf(name -> documented.stream()
                        .anyMatch(each -> each.endsWith(".*")
                                ? name.startsWith(each.substring(0, each.length() - 1))
                                : each.equals(name)));
        assertThat(read).as("settings that no @ConfigMapping has").isEmpty();
    }

    private static String module(Path file) {
        return Pages.REPOSITORY.relativize(file).getName(0).toString();
    }

    private static String installation(Map<String, Map<String, String>> defaults) {
        Map<String, TreeSet<String>> users = new TreeMap<>();
        Map<String, String> otherwise = new TreeMap<>();
        defaults.forEach((module, properties) -> properties.values().stream()
                .flatMap(value -> Properties.placeholders(value).stream())
                .filter(placeholder -> !properties.containsKey(placeholder.name()))
                .forEach(placeholder -> {
                    users.computeIfAbsent(placeholder.name(), _ -> new TreeSet<>())
                            .add(module);
                    otherwise.merge(placeholder.name(), placeholder.otherwise(), ConfigurationPageTest::bothOf);
                }));
        return users.entrySet().stream()
                .map(each -> "| `%s` | `%s` | %s | %s |%n"
                        .formatted(
                                each.getKey(),
                                variable(each.getKey()),
                                code(otherwise.get(each.getKey())),
                                String.join(", ", each.getValue())))
                .collect(Collectors.joining());
    }

    private static String bothOf(String one, String other) {
        return one.equals(other) || one.contains(other) ? one : one + " · " + other;
    }

    private static String sections(List<Setting> settings) {
        Map<String, List<Setting>> byModule =
                settings.stream().collect(Collectors.groupingBy(Setting::module, TreeMap::new, Collectors.toList()));
        StringBuilder page = new StringBuilder();
        byModule.forEach((module, its) -> {
            page.append("%n## %s%n%n| setting | type | default | meaning |%n|---|---|---|---|%n".formatted(module));
            its.stream()
                    .map(setting -> "| `%s` | %s | %s | %s |%n"
                            .formatted(setting.name(), setting.type(), code(setting.otherwise()), setting.meaning()))
                    .sorted()
                    .forEach(page::append);
        });
        return page.toString();
    }

    private static String variable(String setting) {
        return setting.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private static String code(String value) {
        return value == null || value.isEmpty() ? "" : "`" + value.replace("|", "\\|") + "`";
    }
}
