package io.siaran.images;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The command {@code ./siaran images}: an image of each service and of the WhatsApp bridge, where npm has installed it, as a tar file that every engine loads, or pushed to a registry.
 *
 * <pre>
 * images REPOSITORY VERSION [--tar] [--aot] [--push REGISTRY] [--base IMAGE|tar:FILE|scratch] [--out DIRECTORY]
 * </pre>
 */
public final class Images {

    private static final List<String> SERVICES =
            List.of("campaign-service", "sequence-service", "dispatch-service", "device-gateway");
    private static final Set<String> FLAGS = Set.of("--tar", "--aot");
    private static final Set<String> OPTIONS = Set.of("--base", "--out", "--push", "--tag");

    private Images() {}

    public static void main(String[] arguments) throws Exception {
        Path repository = Path.of(arguments[0]);
        String version = arguments[1];
        Map<String, String> options = options(List.of(arguments).subList(2, arguments.length));
        Path out = Path.of(options.getOrDefault(
                "--out", repository.resolve("deploy/images/target/images").toString()));
        Files.createDirectories(out);
        String tag = options.getOrDefault("--tag", version);
        buildServices(repository, out, tag, options);
        buildBridge(repository, out, tag, options);
        // Threads of the registry's client, or of servers that ended with an error, would keep this process.
        System.exit(0);
    }

    private static void buildServices(Path repository, Path out, String tag, Map<String, String> options)
            throws Exception {
        String base = options.getOrDefault("--base", "eclipse-temurin:25-jre");
        List<ServiceImage> images = SERVICES.stream()
                .map(service ->
                        new ServiceImage(service, tag, repository.resolve(service), jvmOptions(repository, service)))
                .toList();
        // PostgreSQL and Kafka, over which the services start, would tell of every step.
        for (Handler console : Logger.getLogger("").getHandlers()) {
            console.setLevel(Level.SEVERE);
        }
        Path classroom = Files.createTempDirectory(out, "start-caches-");
        try {
            StartCaches learnt = options.containsKey("--aot")
                    ? StartCaches.learn(images, base, classroom, System.out::println)
                    : StartCaches.NONE;
            for (ServiceImage image : images) {
                String name = "siaran/" + image.service() + ":" + tag;
                Path tar = out.resolve(image.service() + ".tar");
                image.build(base, learnt.of(image.service()), target(options.get("--push"), name, tar));
                say(options, out, image.service(), name);
            }
        } finally {
            delete(classroom);
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void buildBridge(Path repository, Path out, String tag, Map<String, String> options)
            throws Exception {
        String service = BridgeImage.SERVICE;
        BridgeImage image = new BridgeImage(tag, repository.resolve(service));
        if (!image.isInstalled()) {
            System.out.println("no image of " + service + ": npm has not installed what it runs with");
            return;
        }
        String name = "siaran/" + service + ":" + tag;
        image.build(
                options.getOrDefault("--base", "debian:13-slim"),
                target(options.get("--push"), name, out.resolve(service + ".tar")));
        say(options, out, service, name);
    }

    private static void say(Map<String, String> options, Path out, String service, String name) {
        System.out.println(
                options.containsKey("--push")
                        ? "pushed " + options.get("--push") + "/" + name
                        : "wrote " + out.resolve(service + ".tar") + " (" + name + ")");
    }

    private static Containerizer target(String registry, String name, Path tar) throws Exception {
        return registry == null
                ? Containerizer.to(TarImage.at(tar).named(name))
                : Containerizer.to(RegistryImage.named(registry + "/" + name));
    }

    /** A service may bring options of its own, the same wherever it runs. */
    private static Path jvmOptions(Path repository, String service) {
        Path own = repository.resolve(service).resolve("jvm.options");
        return Files.exists(own) ? own : repository.resolve("deploy/images/src/main/jvm/jvm.options");
    }

    private static Map<String, String> options(List<String> words) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            if (FLAGS.contains(words.get(i))) {
                options.put(words.get(i), "yes");
                continue;
            }
            if (!OPTIONS.contains(words.get(i)) || i + 1 == words.size()) {
                throw new IllegalArgumentException(
                        "what is " + words.get(i) + "? There are " + FLAGS + " and " + OPTIONS);
            }
            options.put(words.get(i), words.get(++i));
        }
        return options;
    }
}
