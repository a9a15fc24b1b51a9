package io.siaran.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.TarImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * The JVM of a base image, taken out of its layers: what it learns here holds there, since it is the very same.
 *
 * @param home where it was put
 * @param version as it says itself, as in {@code 25.0.3+9-LTS}
 */
record BaseJvm(Path home, String version) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROGRAM = "/bin/java";
    private static final String RUNNABLE = "rwxr-xr-x";

    /**
     * @param base as {@link ServiceImage#from} takes it
     * @param directory an empty one, for the JVM and for what is only needed meanwhile
     * @throws IllegalArgumentException where the image has no JVM, more than one, or one that does not run on this machine
     */
    static BaseJvm of(String base, Path directory) throws Exception {
        Path image = directory.resolve("base.tar");
        ServiceImage.from(base)
                .containerize(Containerizer.to(TarImage.at(image).named("base")).setToolName("siaran"));
        try (TarFile tar = new TarFile(image)) {
            List<TarArchiveEntry> layers = layers(tar);
            String home = home(base, tar, layers);
            Path target = directory.resolve("jvm");
            for (TarArchiveEntry layer : layers) {
                unpack(tar, layer, home, target);
            }
            return new BaseJvm(target, version(base, target));
        } finally {
            Files.delete(image);
        }
    }

    /** In the order in which they lie on each other. */
    private static List<TarArchiveEntry> layers(TarFile tar) throws IOException {
        JsonNode manifest = JSON.readTree(tar.getInputStream(entry(tar, "manifest.json")));
        List<TarArchiveEntry> layers = new ArrayList<>();
        for (JsonNode layer : manifest.path(0).path("Layers")) {
            layers.add(entry(tar, layer.asText()));
        }
        return layers;
    }

    private static TarArchiveEntry entry(TarFile tar, String name) {
        return tar.getEntries().stream()
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the base image lacks its " + name));
    }

    private static TarArchiveInputStream open(TarFile tar, TarArchiveEntry layer) throws IOException {
        return new TarArchiveInputStream(new GZIPInputStream(tar.getInputStream(layer)));
    }

    /** A JDK holds one {@code java}; an image with several does not say which one its entry point finds. */
    private static String home(String base, TarFile tar, List<TarArchiveEntry> layers) throws IOException {
        List<String> found = new ArrayList<>();
        for (TarArchiveEntry layer : layers) {
            try (TarArchiveInputStream in = open(tar, layer)) {
                for (TarArchiveEntry each = in.getNextEntry(); each != null; each = in.getNextEntry()) {
                    if (each.isFile() && !each.isLink() && each.getName().endsWith(PROGRAM)) {
                        found.add(each.getName());
                    }
                }
            }
        }
        List<String> programs = found.stream().distinct().toList();
        if (programs.size() != 1) {
            throw new IllegalArgumentException(
                    "--aot needs the JVM of the base image, and %s has %s".formatted(base, programs));
        }
        return programs.getFirst().substring(0, programs.getFirst().length() - PROGRAM.length());
    }

    private static void unpack(TarFile tar, TarArchiveEntry layer, String home, Path target) throws IOException {
        try (TarArchiveInputStream in = open(tar, layer)) {
            for (TarArchiveEntry each = in.getNextEntry(); each != null; each = in.getNextEntry()) {
                if (each.getName().startsWith(home + "/")) {
                    Path file = target.resolve(each.getName().substring(home.length() + 1))
                            .normalize();
                    if (!file.startsWith(target)) {
                        throw new IllegalArgumentException("the base image has a file at " + each.getName());
                    }
                    put(in, each, file, target.resolve(each.getLinkName().replace(home + "/", "")));
                }
            }
        }
    }

    private static void put(InputStream content, TarArchiveEntry entry, Path file, Path linked) throws IOException {
        Files.createDirectories(entry.isDirectory() ? file : file.getParent());
        if (entry.isSymbolicLink()) {
            Files.deleteIfExists(file);
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.copy(linked, file, StandardCopyOption.REPLACE_EXISTING);
        } else if (entry.isFile()) {
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
            if ((entry.getMode() & 0100) != 0) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(RUNNABLE));
            }
        }
    }

    private static String version(String base, Path home) throws Exception {
        Process trial = new ProcessBuilder(home + PROGRAM, "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (trial.waitFor() != 0) {
            throw new IllegalArgumentException("--aot: the JVM of " + base + " does not run on this machine");
        }
        Properties release = new Properties();
        try (Reader words = Files.newBufferedReader(home.resolve("release"))) {
            release.load(words);
        }
        return release.getProperty("JAVA_RUNTIME_VERSION", release.getProperty("JAVA_VERSION", "unknown"))
                .replace("\"", "");
    }
}
