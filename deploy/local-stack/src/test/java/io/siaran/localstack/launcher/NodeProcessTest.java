package io.siaran.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeProcessTest {

    private final List<String> progress = new CopyOnWriteArrayList<>();

    @TempDir
    Path directory;

    private NodeProcess process;

    /** Its program ends when the file is there that it waits for. */
    @BeforeEach
    void start() throws IOException {
        Path node = directory.resolve("node_modules/.bin/node");
        Files.createDirectories(node.getParent());
        Files.writeString(node, "#!/usr/bin/env bash\nuntil [[ -e end ]]; do sleep 0.05; done\nexit 7\n");
        Files.setPosixFilePermissions(node, PosixFilePermissions.fromString("rwxr-xr-x"));
        process = new NodeProcess("bridge", directory, "main.ts", Map.of(), directory.resolve("logs"), progress::add);
        process.start(List.of());
    }

    @AfterEach
    void end() {
        process.cut();
    }

    @Test
    void what_ends_is_started_again() throws Exception {
        // When
        Files.createFile(directory.resolve("end"));

        // Then
        awaitNews("bridge ended with code 7, starting it again");
    }

    @Test
    void what_ends_while_the_stack_closes_is_not_started_again() throws Exception {
        // Given
        process.startNoMore();

        // When
        Files.createFile(directory.resolve("end"));

        // Then
        awaitNews("bridge ended with code 7");
    }

    private void awaitNews(String news) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(progress).contains(news));
    }
}
