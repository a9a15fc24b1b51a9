package io.siaran.sequence.enrolment;

import static io.siaran.sequence.Fitness.challenge;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Users take turns at being marked, however many filters one of them asks with. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class MarkTurnsTest {

    @Inject
    Stage stage;

    @Inject
    ReviewLeads reviews;

    @AfterEach
    void nobodyIsAsked() {
        stage.pass();
    }

    @Test
    void a_filter_of_one_user_waits_for_one_of_another_and_not_for_all_of_its() {
        // Given
        stage.pass();
        Tenant many = stage.tenant();
        SequenceId yoga = many.sequence(challenge(1));
        List.of("first", "second", "third").forEach(trigger -> many.crowd(1, trigger));
        Tenant one = stage.tenant();
        SequenceId fitness = one.sequence(challenge(1));
        one.crowd(1, "only");
        asks(many, yoga, new UUID(0, 1), "first");
        asks(many, yoga, new UUID(0, 2), "second");
        asks(many, yoga, new UUID(0, 3), "third");
        asks(one, fitness, new UUID(-1, -1), "only");

        // When
        reviews.mark();

        // Then
        List<Long> ofMany = asked(yoga);
        List<Long> ofOne = asked(fitness);
        assertThat(ofMany).hasSize(3);
        assertThat(ofOne).hasSize(1);
        assertThat(ofOne.getFirst()).isBetween(ofMany.get(0), ofMany.get(1));
    }

    private void asks(Tenant tenant, SequenceId sequence, UUID crowd, String trigger) {
        stage.database()
                .run(
                        "INSERT INTO requested_crowds (id, user_id, sequence_id, trigger) VALUES ($1, $2, $3, $4)",
                        crowd,
                        tenant.user().value(),
                        sequence.value(),
                        trigger);
    }

    /** The transactions that asked its leads in, in their order. */
    private List<Long> asked(SequenceId sequence) {
        List<Long> transactions = new ArrayList<>();
        stage.database()
                .run(
                        "SELECT xmin::text::bigint FROM requested_entries WHERE sequence_id = $1 ORDER BY 1",
                        sequence.value())
                .forEach(row -> transactions.add(row.getLong(0)));
        return transactions;
    }
}
