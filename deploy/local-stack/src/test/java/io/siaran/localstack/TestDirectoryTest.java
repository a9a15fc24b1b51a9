package io.siaran.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.localstack.LocalPostgres.Durability;
import io.siaran.model.Json;
import java.nio.file.Files;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TestDirectoryTest {

    private static final ProcessIdentity DEAD = new ProcessIdentity(1, Instant.EPOCH);

    @Test
    void what_a_killed_test_jvm_left_is_ended_and_removed_by_the_next() throws Exception {
        // Given
        TestDirectory abandoned = TestDirectory.create();
        LocalPostgres left =
                LocalPostgres.start(abandoned.postgres(), Ports.free(1).getFirst(), Durability.FORGETFUL);
        ProcessIdentity postmaster = left.process();
        Files.writeString(abandoned.path().resolve("owner.json"), Json.write(DEAD));

        // When
        TestDirectory next = TestDirectory.create();

        // Then
        assertThat(postmaster.living()).isEmpty();
        assertThat(abandoned.path()).doesNotExist();
        next.remove();
    }

    @Test
    void the_directory_of_a_living_jvm_is_left_alone() throws Exception {
        // Given
        TestDirectory mine = TestDirectory.create();

        // When
        TestDirectory next = TestDirectory.create();

        // Then
        assertThat(mine.path()).isDirectory();
        mine.remove();
        next.remove();
    }
}
