package io.siaran.images;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The image of the WhatsApp bridge: the Node that npm brought, the packages that it runs with and its source in layers of
 * their own. It holds libsignal, so it is distributed under the GPL; its label names every licence of what is in it. For the
 * kind of machine that it is built on.
 *
 * @param folder the bridge's, with {@code node_modules} as {@code npm ci} leaves it
 */
record BridgeImage(String version, Path folder) {

    static final String SERVICE = "whatsapp-bridge";

    private static final AbsoluteUnixPath APP = AbsoluteUnixPath.get("/app");
    private static final FilePermissions READABLE = FilePermissions.fromOctalString("444");
    private static final FilePermissions RUNNABLE = FilePermissions.fromOctalString("555");

    /** Whether it is installed, so that there can be an image. */
    boolean isInstalled() {
        return Files.exists(folder.resolve(NodePackages.LOCK));
    }

    /**
     * @param base an image of a registry with the GNU C and C++ libraries, {@code tar:FILE} of one, or {@code scratch}
     * @throws Exception when a file is missing, or the base or the target cannot be reached
     */
    void build(String base, Containerizer target) throws Exception {
        NodePackages packages = NodePackages.in(folder);
        Path bom = Files.createTempFile("siaran", ".cdx.json");
        try {
            Files.writeString(bom, packages.bom(SERVICE, version));
            ServiceImage.from(base)
                    .setCreationTime(Instant.EPOCH)
                    .setUser(ServiceImage.USER)
                    .setWorkingDirectory(APP)
                    .setEntrypoint("/app/node", "src/main.ts")
                    .setLabels(labels(packages.licences()))
                    .addFileEntriesLayer(FileEntriesLayer.builder()
                            .setName("node")
                            .addEntry(packages.node(), APP.resolve("node"), RUNNABLE)
                            .build())
                    .addFileEntriesLayer(layer("packages", packages.directories()))
                    .addFileEntriesLayer(layer("application", List.of(folder.resolve("src"))))
                    .addFileEntriesLayer(FileEntriesLayer.builder()
                            .setName("settings")
                            .addEntry(folder.resolve("package.json"), APP.resolve("package.json"), READABLE)
                            .addEntry(folder.resolve("../NOTICE"), APP.resolve("NOTICE"), READABLE)
                            .addEntry(bom, APP.resolve("sbom.cdx.json"), READABLE)
                            .build())
                    .containerize(target.setToolName("siaran").setOfflineMode(false));
        } finally {
            Files.delete(bom);
        }
    }

    private Map<String, String> labels(String licences) {
        return Map.of(
                "org.opencontainers.image.title",
                SERVICE,
                "org.opencontainers.image.version",
                version,
                "org.opencontainers.image.licenses",
                licences,
                "org.opencontainers.image.vendor",
                "Siaran",
                "io.siaran.sbom",
                "/app/sbom.cdx.json");
    }

    /** A package within another is a directory of its own in the list, and not twice in the layer. */
    private FileEntriesLayer layer(String name, List<Path> directories) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        for (Path directory : directories) {
            try (Stream<Path> files = Files.walk(directory)) {
                List<Path> own = files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                        .filter(file -> !directory.relativize(file).toString().startsWith("node_modules"))
                        .sorted(Comparator.naturalOrder())
                        .toList();
                for (Path file : own) {
                    layer.addEntry(file, APP.resolve(folder.relativize(file).toString()), READABLE);
                }
            }
        }
        return layer.build();
    }
}
