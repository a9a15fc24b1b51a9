package io.siaran.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.TarImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a small service: what Maven packages is laid out alike. */
class ServiceImageTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private Path module;

    @BeforeEach
    void packageIt() throws IOException {
        module = directory.resolve("toko-service");
        write("../../../LICENSE", "licence");
        write("../../../NOTICE", "notice");
        write("lib/main/com.example.kedai-1.2.3.jar", "kedai");
        write("lib/main/io.siaran.common-toko-7.jar", "common");
        write("lib/boot/org.example.boot-1.jar", "boot");
        write("app/toko.jar", "toko");
        write("quarkus/generated-bytecode.jar", "bytes");
        write("quarkus-run.jar", "run");
        write("quarkus-app-dependencies.txt", "com.example:kedai::jar:1.2.3\norg.example:boot::jar:1\n");
        Files.writeString(module.resolve("jvm.options"), "-Xmx64m\n");
    }

    @Test
    void it_runs_as_nobody_by_its_jvm_options_and_says_what_it_holds() throws Exception {
        Map<String, byte[]> tar = entries(Files.readAllBytes(build("image.tar")), false);
        JsonNode manifest = JSON.readTree(tar.get("manifest.json")).path(0);
        JsonNode config =
                JSON.readTree(tar.get(manifest.path("Config").asText())).path("config");

        assertThat(config.path("User").asText()).isEqualTo("10001:10001");
        assertThat(config.path("Entrypoint").toString())
                .isEqualTo("[\"java\",\"@/app/jvm.options\",\"-jar\",\"/app/quarkus-run.jar\"]");
        assertThat(config.at("/Labels/org.opencontainers.image.version").asText())
                .isEqualTo("7");
        Map<String, byte[]> files = new TreeMap<>();
        for (JsonNode layer : manifest.path("Layers")) {
            files.putAll(entries(tar.get(layer.asText()), true));
        }
        assertThat(files.keySet())
                .contains(
                        "app/quarkus-run.jar",
                        "app/app/toko.jar",
                        "app/lib/boot/org.example.boot-1.jar",
                        "app/jvm.options",
                        "app/LICENSE",
                        "app/NOTICE");
        JsonNode bom = JSON.readTree(files.get("app/sbom.cdx.json"));
        assertThat(bom.path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(bom.at("/components/0/purl").asText()).isEqualTo("pkg:maven/com.example/kedai@1.2.3");
        assertThat(bom.at("/components/0/hashes/0/content").asText()).hasSize(64);
    }

    @Test
    void what_a_jvm_learnt_is_the_last_layer_and_all_below_stays_as_without() throws Exception {
        Path cache = Files.writeString(directory.resolve("learnt"), "learnt");
        List<String> plain = layers(entries(Files.readAllBytes(build("plain.tar")), false));

        Map<String, byte[]> tar =
                entries(Files.readAllBytes(build("learnt.tar", Optional.of(new StartCache(cache, "25.0.3+9")))), false);

        List<String> layers = layers(tar);
        assertThat(layers).hasSize(5).startsWith(plain.subList(0, 3).toArray(String[]::new));
        assertThat(entries(tar.get(layers.getLast()), true)).containsKey("app/start.aot");
        assertThat(entries(tar.get(layers.get(3)), true).get("app/jvm.options"))
                .asString(StandardCharsets.UTF_8)
                .startsWith("-Xmx64m\n")
                .contains("\n-XX:AOTCache=/app/start.aot\n");
        JsonNode manifest = JSON.readTree(tar.get("manifest.json")).path(0);
        assertThat(JSON.readTree(tar.get(manifest.path("Config").asText()))
                        .at("/config/Labels/io.siaran.start-cache.jvm")
                        .asText())
                .isEqualTo("25.0.3+9");
    }

    private static List<String> layers(Map<String, byte[]> tar) throws IOException {
        List<String> layers = new ArrayList<>();
        JSON.readTree(tar.get("manifest.json")).path(0).path("Layers").forEach(layer -> layers.add(layer.asText()));
        return layers;
    }

    /** Else each version would bring every library along once more. */
    @Test
    void a_new_version_is_a_small_layer_and_the_libraries_of_others_are_one_of_their_own() throws Exception {
        List<Set<String>> layers = new ArrayList<>();
        Map<String, byte[]> tar = entries(Files.readAllBytes(build("image.tar")), false);
        for (String layer : layers(tar)) {
            layers.add(entries(tar.get(layer), true).keySet().stream()
                    .filter(name -> name.endsWith(".jar"))
                    .collect(Collectors.toSet()));
        }

        assertThat(layers)
                .containsExactly(
                        Set.of("app/lib/main/com.example.kedai-1.2.3.jar", "app/lib/boot/org.example.boot-1.jar"),
                        Set.of("app/quarkus/generated-bytecode.jar", "app/quarkus-run.jar"),
                        Set.of("app/app/toko.jar", "app/lib/main/io.siaran.common-toko-7.jar"),
                        Set.of());
    }

    @Test
    void the_same_inputs_give_the_same_image_whenever_it_is_built() throws Exception {
        byte[] first = Files.readAllBytes(build("first.tar"));
        Files.setLastModifiedTime(
                module.resolve("target/quarkus-app/quarkus-run.jar"),
                FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));

        assertThat(Files.readAllBytes(build("second.tar"))).isEqualTo(first);

        write("app/toko.jar", "another toko");
        assertThat(Files.readAllBytes(build("third.tar"))).isNotEqualTo(first);
    }

    private Path build(String name) throws Exception {
        return build(name, Optional.empty());
    }

    private Path build(String name, Optional<StartCache> learnt) throws Exception {
        Path tar = directory.resolve(name);
        new ServiceImage("toko-service", "7", module, module.resolve("jvm.options"))
                .build("scratch", learnt, Containerizer.to(TarImage.at(tar).named("siaran/toko-service:7")));
        return tar;
    }

    private void write(String file, String content) throws IOException {
        Path path = module.resolve("target/quarkus-app").resolve(file).normalize();
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    static Map<String, byte[]> entries(byte[] tar, boolean compressed) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        var bytes = new java.io.ByteArrayInputStream(tar);
        try (TarArchiveInputStream in = new TarArchiveInputStream(
                compressed ? new GZIPInputStream(bytes) : bytes, StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        return entries;
    }
}
