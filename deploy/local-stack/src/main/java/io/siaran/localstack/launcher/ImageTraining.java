package io.siaran.localstack.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** Lets the JVM of an image learn how the services in it start, before there is an image. */
public final class ImageTraining {

    private ImageTraining() {}

    /**
     * Starts and ends each service once, over servers that are thrown away.
     *
     * @param staged the services as the image will have them, to the times of their files, laid out as a build leaves them:
     *     {@code <module>/target/quarkus-app}, and the image's {@code jvm.options} beside {@code target}
     * @param jvm the home of the JVM that the image has
     * @return what was learnt, a file for each service: its start takes about half the work with
     *     {@code -XX:AOTCache=}, under whatever path the same files are, and what does not fit is passed over
     * @throws StackRefused where a service is not learnt; progress was told why
     */
    public static Map<Service, Path> learn(Path staged, Path jvm, Consumer<String> progress) {
        try (StartTraining training = StartTraining.of(staged, jar -> ServiceJvm.ofImage(jar, jvm))) {
            training.run(progress);
        }
        Map<Service, Path> learnt = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            Path file = ServiceJvm.ofImage(ServiceLaunch.jar(service, staged), jvm)
                    .cache()
                    .file();
            if (Files.notExists(file)) {
                throw new StackRefused("The JVM of the image did not learn how %s starts.".formatted(service.module()));
            }
            learnt.put(service, file);
        }
        return learnt;
    }
}
