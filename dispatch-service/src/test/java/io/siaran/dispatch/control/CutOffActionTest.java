package io.siaran.dispatch.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Cut;
import io.siaran.dispatch.Stage;
import io.siaran.dispatch.message.Messages;
import io.siaran.dispatch.setaside.SetAside;
import io.siaran.localstack.TestServers;
import io.siaran.model.LeadId;
import io.siaran.sql.Database;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An action whose connection is dropped at every point of its transaction in turn. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class CutOffActionTest {

    @Inject
    Stage stage;

    @Inject
    Pool pool;

    @Inject
    Database database;

    @Inject
    Messages messages;

    @Inject
    DecideOnMessages decide;

    @Inject
    SetAside setAside;

    @Inject
    ControlConfig config;

    @Inject
    Clock clock;

    @Inject
    RandomGenerator random;

    @Test
    void an_action_that_is_cut_off_anywhere_changes_every_message_once() {
        int point = 1;
        boolean cut;
        do {
            // Given
            stage.reset();
            stage.store(IntStream.range(0, 5)
                    .mapToObj(i -> Cast.campaign(Cast.MERAH, new LeadId(UUID.randomUUID()), 1))
                    .toList());
            var actions = new BulkActions(database, messages, config, clock, random);
            var all = new BulkRequest(Cast.BLACK_FRIDAY, null, null, null, null, null, null, null, null, null, null);
            Matching matching = actions.count(Cast.AMINAH, Action.CANCEL, all);
            database.doInTransaction(tx -> actions.ask(tx, Cast.AMINAH, Action.CANCEL, all, matching));

            // When
            cut = Cut.at(point++, pool, dropped -> on(dropped).next());
            on(database).next();

            // Then
            assertThat(stage.rows("SELECT changed, done_at FROM bulk_actions"))
                    .singleElement()
                    .satisfies(action -> {
                        assertThat(action.getLong("changed")).isEqualTo(5);
                        assertThat(action.getOffsetDateTime("done_at")).isNotNull();
                    });
            assertThat(stage.rows("SELECT FROM message_facts WHERE fact = 'cancel_asked'"))
                    .hasSize(5);
            assertThat(stage.statuses()).containsOnlyKeys("cancelled");
            stage.assertCountsAddUp();
        } while (cut);
        assertThat(point).isGreaterThan(4);
    }

    private WorkOffBulkActions on(Database another) {
        return new WorkOffBulkActions(another, decide, setAside, config);
    }
}
