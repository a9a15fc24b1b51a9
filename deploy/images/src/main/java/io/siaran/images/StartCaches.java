package io.siaran.images;

import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import io.siaran.localstack.launcher.ImageTraining;
import io.siaran.localstack.launcher.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What the JVM of the base image has learnt of how each service starts: its AOT cache. */
record StartCaches(Map<String, StartCache> ofServices) {

    static final StartCaches NONE = new StartCaches(Map.of());

    private static final String PACKAGED = "target/quarkus-app";

    /** The JVM compares the time of every jar with what it learnt, and every file of an image has this one. */
    private static final FileTime TIME = FileTime.from(FileEntriesLayer.DEFAULT_MODIFICATION_TIME);

    /**
     * Starts each service once, as it will stand in its image, by the JVM of the base.
     *
     * @param images of the services that learn
     * @param directory where the JVM, the services and what was learnt are put: some 1.5 GB
     */
    static StartCaches learn(List<ServiceImage> images, String base, Path directory, Consumer<String> progress)
            throws Exception {
        BaseJvm jvm = BaseJvm.of(base, directory);
        Path staged = directory.resolve("staged");
        for (ServiceImage image : images) {
            stage(image, staged.resolve(image.service()));
        }
        Map<Service, Path> files = ImageTraining.learn(staged, jvm.home(), progress);
        Map<String, StartCache> learnt = new HashMap<>();
        for (ServiceImage image : images) {
            StartCache cache = new StartCache(files.get(Service.named(image.service())), jvm.version());
            Path jar = staged.resolve(image.service()).resolve(PACKAGED).resolve("quarkus-run.jar");
            cache.requireThatItFits(jvm.home(), image.jvmOptions(), jar);
            learnt.put(image.service(), cache);
        }
        return new StartCaches(learnt);
    }

    private static void stage(ServiceImage image, Path module) throws IOException {
        Path packaged = image.packaged();
        Path copy = module.resolve(PACKAGED);
        try (Stream<Path> files = Files.walk(packaged)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(packaged.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
                Files.setLastModifiedTime(target, TIME);
            }
        }
        Files.write(module.resolve("jvm.options"), Files.readAllBytes(image.jvmOptions()));
    }

    Optional<StartCache> of(String service) {
        return Optional.ofNullable(ofServices.get(service));
    }
}
