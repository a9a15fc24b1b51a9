package io.siaran.dispatch.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Stage;
import io.siaran.localstack.RowsRead;
import io.siaran.localstack.TestServers;
import io.siaran.model.LeadId;
import io.siaran.model.MessageState;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What lists read of the database. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ListsTest {

    @Inject
    Stage stage;

    @Inject
    Database database;

    @BeforeEach
    void setTheScene() {
        stage.reset();
        stage.store(IntStream.range(0, 2_000)
                .mapToObj(i -> Cast.campaign(Cast.BIRU, new LeadId(UUID.randomUUID()), 1))
                .toList());
        stage.rows("UPDATE broadcast_messages SET status = 'sent', try_no = 1, sent_at = now()");
    }

    @Test
    void a_list_of_what_failed_reads_nothing_of_what_was_sent() {
        stage.rows("UPDATE broadcast_messages SET status = 'failed', failure_reason = 'expired', sent_at = NULL"
                + " WHERE id IN (SELECT id FROM broadcast_messages ORDER BY id LIMIT 3)");

        assertThat(read(MessageState.FAILED)).isLessThan(50);
        assertThat(read(MessageState.FAILED, MessageState.UNKNOWN)).isLessThan(50);
    }

    @Test
    void a_list_of_what_waits_reads_no_month_in_which_nothing_does() {
        // Given
        stage.rows("UPDATE queue_bounds SET open_from = 'ffffffff-0000-8000-8000-000000000000'");

        // Then
        try {
            assertThat(read(MessageState.PENDING)).isLessThan(50);
        } finally {
            stage.rows("UPDATE queue_bounds SET open_from = '00000000-0000-0000-0000-000000000000'");
        }
    }

    private long read(MessageState... statuses) {
        var conditions = new Conditions(Cast.AMINAH.value());
        new MessageFilter(null, null, null, null, List.of(statuses), null, null, null, null, null, null)
                .conditions(conditions);
        return database.inTransaction(tx -> RowsRead.by(
                explain -> tx.run(explain, conditions.arguments())
                        .iterator()
                        .next()
                        .getValue(0)
                        .toString(),
                Messages.newest(conditions, 51)));
    }
}
