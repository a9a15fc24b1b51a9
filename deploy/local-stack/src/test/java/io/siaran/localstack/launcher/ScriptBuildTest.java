package io.siaran.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When {@code ./siaran up} builds, in a clone that Maven has built without it. */
class ScriptBuildTest {

    private static final List<String> MODULES = Stream.concat(
                    Stream.of("common-model", "common-sql", "common-kafka", "common-rest", "deploy/local-stack"),
                    Stream.of(Service.values()).map(Service::module))
            .toList();

    private static final Instant CLONED = Instant.parse("2026-11-30T01:00:00Z");
    private static final Instant COMPILED = CLONED.plus(Duration.ofMinutes(5));
    private static final Instant PACKAGED = CLONED.plus(Duration.ofMinutes(15));

    private static final String MIGRATIONS = "/src/main/resources/db/migration/";
    private static final String PACKAGED_MIGRATIONS = "/target/classes/db/migration/";

    @TempDir
    Path directory;

    private CopiedScript script;

    @BeforeEach
    void clone_and_build() throws IOException {
        script = new CopiedScript(directory);
        write("pom.xml", CLONED);
        write("whatsapp-bridge/package-lock.json", CLONED);
        write("whatsapp-bridge/node_modules/.package-lock.json", PACKAGED);
        for (int i = 0; i < MODULES.size(); i++) {
            write(MODULES.get(i) + "/pom.xml", CLONED);
            write(MODULES.get(i) + "/src/main/Source.java", CLONED);
            write(listOfSources(MODULES.get(i)), COMPILED.plusSeconds(i));
        }
        for (Service service : Service.values()) {
            write(jar(service), PACKAGED);
            write(service.module() + MIGRATIONS + "V0001__tables.sql", CLONED);
            write(service.module() + PACKAGED_MIGRATIONS + "V0001__tables.sql", COMPILED);
        }
        for (String module : MODULES) {
            ageDirectories(directory.resolve(module + "/src/main"));
        }
    }

    /** As a clone leaves them, and not the test that wrote into them just now. */
    private static void ageDirectories(Path sources) throws IOException {
        try (Stream<Path> all = Files.walk(sources)) {
            for (Path each : all.filter(Files::isDirectory).toList()) {
                age(each, CLONED);
            }
        }
    }

    @Test
    void what_maven_has_built_is_not_built_again() throws Exception {
        // When
        CopiedScript.Ended up = script.run("up");

        // Then
        assertThat(script.callsOfMaven()).isEmpty();
        assertThat(up.output()).contains("java over ");
    }

    @Test
    void a_source_that_was_edited_after_maven_had_begun_to_compile_is_built() throws Exception {
        // Given
        write("device-gateway/src/main/Source.java", COMPILED.plus(Duration.ofMinutes(1)));

        // When
        script.run("up");

        // Then
        assertThat(script.callsOfMaven()).hasSize(1);
    }

    @Test
    void what_maven_has_compiled_and_not_packaged_is_built() throws Exception {
        // Given
        write(listOfSources("common-kafka"), PACKAGED.plusSeconds(1));

        // When
        script.run("up");

        // Then
        assertThat(script.callsOfMaven()).hasSize(1);
    }

    @Test
    void a_service_that_maven_has_not_built_is_built() throws Exception {
        // Given
        Files.delete(directory.resolve(jar(Service.GATEWAY)));

        // When
        script.run("up");

        // Then
        assertThat(script.callsOfMaven()).hasSize(1);
    }

    @Test
    void what_maven_has_built_over_a_build_of_ours_is_built_again() throws Exception {
        // Given
        write("deploy/local-stack/target/.built", CLONED.plusSeconds(60));
        write("device-gateway/src/main/Source.java", CLONED.plusSeconds(120));

        // When
        script.run("up");

        // Then
        assertThat(script.callsOfMaven()).hasSize(1);
    }

    @Test
    void a_migration_that_maven_has_packaged_and_the_sources_no_longer_have_is_built_away() throws Exception {
        // Given
        write("device-gateway" + PACKAGED_MIGRATIONS + "V0013__old.sql", COMPILED);

        // When
        script.run("up");

        // Then
        assertThat(script.callsOfMaven()).hasSize(1);
    }

    @Test
    void what_a_build_that_failed_had_already_forgotten_is_built() throws Exception {
        // Given
        Files.delete(directory.resolve("device-gateway" + PACKAGED_MIGRATIONS + "V0001__tables.sql"));

        // When
        script.run("up");

        // Then
        assertThat(script.callsOfMaven()).hasSize(1);
    }

    private static String listOfSources(String module) {
        return module + "/target/maven-status/maven-compiler-plugin/compile/default-compile/inputFiles.lst";
    }

    private static String jar(Service service) {
        return service.module() + "/target/quarkus-app/quarkus-run.jar";
    }

    private void write(String path, Instant when) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        age(Files.writeString(file, file.getFileName().toString()), when);
    }

    private static void age(Path path, Instant when) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(when));
    }
}
