package io.siaran.images;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The image of one packaged service: libraries, Quarkus' own files and the application in layers of their own, so that a new
 * version is a small layer; a user without rights; a root that need not be written. What it holds is said in
 * {@code /app/sbom.cdx.json}.
 *
 * @param module the service's directory, with {@code target/quarkus-app}
 * @param jvmOptions how its JVM is set
 */
record ServiceImage(String service, String version, Path module, Path jvmOptions) {

    private static final AbsoluteUnixPath APP = AbsoluteUnixPath.get("/app");
    /** Quarkus names each library after its group. */
    private static final String OUR_GROUP = "io.siaran.";

    private static final FilePermissions READABLE = FilePermissions.fromOctalString("444");

    /** Not this user's name, which an image need not know, but one that a cluster accepts as not root. */
    static final String USER = "10001:10001";

    /**
     * @param base an image of a registry with a JRE 25, {@code tar:FILE} of one, or {@code scratch}
     * @param learnt by which its JVM starts sooner
     * @throws Exception when a file is missing, or the base or the target cannot be reached
     */
    void build(String base, Optional<StartCache> learnt, Containerizer target) throws Exception {
        Path bom = Files.createTempFile("siaran", ".cdx.json");
        Path options = Files.createTempFile("siaran", ".options");
        try {
            Files.writeString(bom, Sbom.of(service, version, packaged()));
            Files.writeString(
                    options,
                    Files.readString(jvmOptions)
                            + learnt.map(_ -> StartCache.options(StartCache.PLACE))
                                    .orElse(""));
            JibContainerBuilder image = from(base)
                    .setCreationTime(Instant.EPOCH)
                    .setUser(USER)
                    .setWorkingDirectory(APP)
                    .setEntrypoint("java", "@/app/jvm.options", "-jar", "/app/quarkus-run.jar")
                    .setLabels(labels())
                    .addFileEntriesLayer(layer("libraries", file -> !isOurs(file), "lib"))
                    .addFileEntriesLayer(layer("quarkus", _ -> true, "quarkus", "quarkus-run.jar"))
                    .addFileEntriesLayer(layer("application", file -> isOurs(file) || !isLibrary(file), "app", "lib"))
                    .addFileEntriesLayer(FileEntriesLayer.builder()
                            .setName("settings")
                            .addEntry(options, APP.resolve("jvm.options"), READABLE)
                            .addEntry(bom, APP.resolve("sbom.cdx.json"), READABLE)
                            .addEntry(module.resolve("../LICENSE"), APP.resolve("LICENSE"), READABLE)
                            .addEntry(module.resolve("../NOTICE"), APP.resolve("NOTICE"), READABLE)
                            .build());
            learnt.ifPresent(cache -> add(cache, image));
            image.containerize(target.setToolName("siaran").setOfflineMode(false));
        } finally {
            Files.delete(bom);
            Files.delete(options);
        }
    }

    /** What the build has made of the service. */
    Path packaged() {
        return module.resolve("target/quarkus-app");
    }

    static JibContainerBuilder from(String base) throws Exception {
        if (base.equals("scratch")) {
            return Jib.fromScratch();
        }
        return base.startsWith("tar:") ? Jib.from(TarImage.at(Path.of(base.substring(4)))) : Jib.from(base);
    }

    private Map<String, String> labels() {
        return Map.of(
                "org.opencontainers.image.title",
                service,
                "org.opencontainers.image.version",
                version,
                "org.opencontainers.image.licenses",
                "Apache-2.0",
                "org.opencontainers.image.vendor",
                "Siaran",
                "io.siaran.sbom",
                "/app/sbom.cdx.json");
    }

    /** In a layer of its own, the last one: all below it are those of the image without. */
    private static void add(StartCache cache, JibContainerBuilder image) {
        image.addLabel("io.siaran.start-cache.jvm", cache.jvm())
                .addFileEntriesLayer(FileEntriesLayer.builder()
                        .setName("start cache")
                        .addEntry(cache.file(), AbsoluteUnixPath.get(StartCache.PLACE), READABLE)
                        .build());
    }

    /** Our own libraries go with the application: those of others stay as they are from one version to the next. */
    private boolean isOurs(Path file) {
        return isLibrary(file) && file.getFileName().toString().startsWith(OUR_GROUP);
    }

    private boolean isLibrary(Path file) {
        return file.startsWith(packaged().resolve("lib"));
    }

    private FileEntriesLayer layer(String name, Predicate<Path> belongs, String... parts) throws IOException {
        Path packaged = packaged();
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        for (String part : parts) {
            try (Stream<Path> files = Files.walk(packaged.resolve(part))) {
                List<Path> sorted = files.filter(Files::isRegularFile)
                        .filter(belongs)
                        .sorted(Comparator.naturalOrder())
                        .toList();
                sorted.forEach(file -> layer.addEntry(
                        file, APP.resolve(packaged.relativize(file).toString()), READABLE));
            }
        }
        return layer.build();
    }
}
