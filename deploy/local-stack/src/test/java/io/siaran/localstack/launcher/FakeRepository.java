package io.siaran.localstack.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A project directory whose four packaged services are {@link FakeService}s. */
final class FakeRepository {

    /** The real one, seen from a module of deploy. */
    private static final Path REPOSITORY = Path.of("../..");

    private FakeRepository() {}

    static Path in(Path directory) throws IOException {
        for (Service service : Service.values()) {
            Path jar = directory.resolve(service.module()).resolve("target/quarkus-app/quarkus-run.jar");
            Files.createDirectories(jar.getParent());
            write(jar);
        }
        return directory;
    }

    /** The same, where each brings the options of the service that it stands for. */
    static Path withRealOptions(Path directory) throws IOException {
        in(directory);
        for (Service service : Service.values()) {
            Path options = REPOSITORY.resolve(service.module()).resolve("jvm.options");
            if (Files.exists(options)) {
                Files.copy(options, directory.resolve(service.module()).resolve("jvm.options"));
            }
        }
        return directory;
    }

    private static void write(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
        String entry = FakeService.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream code = FakeService.class.getClassLoader().getResourceAsStream(entry)) {
            out.putNextEntry(new JarEntry(entry));
            code.transferTo(out);
        }
    }
}
