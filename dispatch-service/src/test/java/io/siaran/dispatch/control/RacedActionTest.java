package io.siaran.dispatch.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.RacedSetAside;
import io.siaran.dispatch.Stage;
import io.siaran.dispatch.message.Messages;
import io.siaran.dispatch.setaside.SetAside;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Two replicas at one action. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class RacedActionTest {

    @Inject
    Stage stage;

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
    void what_another_replica_put_aside_is_not_blamed_on_the_next_message() {
        // Given
        stage.reset();
        BroadcastMessage refused =
                Cast.campaign(Cast.MERAH, Cast.ANI, 1, Cast.aMinuteAgo().minusSeconds(60));
        BroadcastMessage other = Cast.campaign(Cast.MERAH, Cast.BUDI, 1);
        stage.store(refused, other);
        stage.refuseChangesOf(refused.id());
        cancelAll();
        var raced = new RacedSetAside(database, (refusal, goOn) -> {
            on(setAside).next();
            goOn.run();
        });

        // When
        on(raced).next();
        while (on(setAside).next()) {
            // until the action has ended
        }

        // Then
        assertThat(raced.raced()).isTrue();
        assertThat(stage.status(other.id())).isEqualTo("cancelled");
        assertThat(stage.rows("SELECT message_id FROM set_aside_messages"))
                .singleElement()
                .satisfies(row -> assertThat(row.getUUID("message_id"))
                        .isEqualTo(refused.id().value()));
    }

    private void cancelAll() {
        var actions = new BulkActions(database, messages, config, clock, random);
        var all = new BulkRequest(Cast.BLACK_FRIDAY, null, null, null, null, null, null, null, null, null, null);
        Matching matching = actions.count(Cast.AMINAH, Action.CANCEL, all);
        database.doInTransaction(tx -> actions.ask(tx, Cast.AMINAH, Action.CANCEL, all, matching));
    }

    private WorkOffBulkActions on(SetAside aside) {
        return new WorkOffBulkActions(database, decide, aside, config);
    }
}
