package io.siaran.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    private static final Message TO_ANI = new Message("sim-merah", "60123456789", "Hai Ani\n🙂", null, "m-1");
    private static final Message TO_BUDI = new Message("sim-biru", "60129876543", "Hai Budi", null, "m-2");

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void file() {
        file = directory.resolve("ledger.jsonl");
    }

    @Test
    void what_was_delivered_is_known_to_the_next_run_though_nobody_closed_the_file() {
        // Given
        Ledger killed = open();
        killed.deliver("wablas", TO_ANI, "w-1");

        // When
        Ledger next = open();
        next.deliver("wablas", TO_BUDI, "w-2");

        // Then
        assertThat(open().matching(_ -> true)).extracting(Delivery::seq).containsExactly(1L, 2L);
        assertThat(next.matching(_ -> true)).extracting(Delivery::text).containsExactly("Hai Ani\n🙂", "Hai Budi");
    }

    @Test
    void a_line_that_was_cut_by_a_kill_is_dropped_and_the_next_one_is_whole() throws Exception {
        // Given
        open().deliver("wablas", TO_ANI, "w-1");
        Files.writeString(file, "{\"seq\":2,\"at\":\"20", StandardOpenOption.APPEND);

        // When
        Ledger next = open();
        next.deliver("wablas", TO_BUDI, "w-2");

        // Then
        assertThat(open().matching(_ -> true))
                .extracting(Delivery::phone)
                .containsExactly("60123456789", "60129876543");
    }

    @Test
    void a_cleared_ledger_stays_empty_over_a_restart() {
        // Given
        Ledger ledger = open();
        ledger.deliver("wablas", TO_ANI, "w-1");

        // When
        ledger.clear();

        // Then
        assertThat(open().matching(_ -> true)).isEmpty();
    }

    private Ledger open() {
        return Ledger.open(file, Clock.systemUTC());
    }
}
