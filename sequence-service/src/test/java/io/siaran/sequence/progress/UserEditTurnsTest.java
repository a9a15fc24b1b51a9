package io.siaran.sequence.progress;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.withStep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Crowd;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One user has four edited sequences with 200 contacts each, another one such; a round plans 500 contacts anew. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class UserEditTurnsTest {

    private static final int SEQUENCES = 4;
    private static final int CONTACTS = 200;
    private static final int HALF_A_ROUND = 250;

    @Inject
    Stage stage;

    @Inject
    FollowEdits edits;

    private final List<Crowd> crowds = new ArrayList<>();
    private final List<SequenceId> many = new ArrayList<>();
    private SequenceId one;

    @BeforeEach
    void everySequenceIsEdited() {
        stage.pass();
        edits.run();
        Tenant large = stage.tenant();
        for (int n = 0; n < SEQUENCES; n++) {
            many.add(crowded(large, n));
        }
        Tenant small = stage.tenant();
        one = crowded(small, 0);
        many.forEach(sequence -> edit(large, sequence));
        edit(small, one);
    }

    @AfterEach
    void nobodyIsInside() {
        crowds.forEach(Crowd::removed);
    }

    @Test
    void users_take_turns_however_many_edited_sequences_one_of_them_has() {
        // When
        edits.run();

        // Then
        assertThat(plannedBefore(lastBatch(one))).isLessThanOrEqualTo(HALF_A_ROUND);
        assertThat(waitByTheOldPlan()).isZero();
    }

    /** Thirty of its contacts are tried by then, each in a transaction. */
    @Test
    void a_sequence_that_fails_for_no_known_reason_has_had_the_turn_of_its_user_and_waits_for_the_next_look() {
        // Given
        run(
                "CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''nobody knows''; END'");
        run("CREATE TRIGGER fails BEFORE UPDATE OF status ON sequence_contacts FOR EACH ROW WHEN (new.sequence_id = '"
                + many.getFirst() + "' AND old.status = 'active') EXECUTE FUNCTION fails()");

        // When
        try {
            assertThatThrownBy(edits::run).hasMessageContaining("nobody knows");
        } finally {
            run("DROP FUNCTION fails CASCADE");
        }

        // Then
        assertThat(plannedBefore(lastBatch(one))).isLessThanOrEqualTo(HALF_A_ROUND);
        assertThat(waitByTheOldPlan()).isEqualTo(CONTACTS);
        assertThat(setAside()).isEqualTo(30);
    }

    private SequenceId crowded(Tenant tenant, int nth) {
        SequenceId sequence = tenant.sequence(challenge(3));
        crowds.add(Crowd.store(stage, tenant, sequence, tenant.merah(), nth * CONTACTS, CONTACTS));
        return sequence;
    }

    private static void edit(Tenant tenant, SequenceId sequence) {
        tenant.as("operator")
                .body(withStep(challenge(3), 1, "trigger_delay_hours", 36))
                .put("/api/v1/sequences/" + sequence)
                .then()
                .statusCode(200);
    }

    /** Contacts of the user with many that an earlier transaction planned anew. */
    private int plannedBefore(long batch) {
        return many.stream()
                .mapToInt(sequence -> stage.database()
                        .run(
                                "SELECT FROM sequence_contacts c JOIN sequences s ON s.id = c.sequence_id"
                                        + " WHERE s.id = $1 AND c.status = 'active' AND c.plan_version = s.plan_version"
                                        + " AND c.xmin::text::bigint < $2",
                                sequence.value(),
                                batch)
                        .rowCount())
                .sum();
    }

    private long lastBatch(SequenceId sequence) {
        return stage.database()
                .run(
                        "SELECT max(xmin::text::bigint) FROM sequence_contacts WHERE sequence_id = $1 AND status = 'active'",
                        sequence.value())
                .iterator()
                .next()
                .getLong(0);
    }

    private int waitByTheOldPlan() {
        return Stream.concat(many.stream(), Stream.of(one))
                .mapToInt(sequence -> stage.database()
                        .run(
                                "SELECT FROM sequence_contacts c JOIN sequences s ON s.id = c.sequence_id"
                                        + " WHERE s.id = $1 AND c.status = 'active' AND c.plan_version < s.plan_version",
                                sequence.value())
                        .rowCount())
                .sum();
    }

    private int setAside() {
        return stage.database()
                .run(
                        "SELECT FROM sequence_contacts WHERE sequence_id = $1 AND set_aside_until > now()",
                        many.getFirst().value())
                .rowCount();
    }

    private void run(String sql) {
        stage.database().run(sql);
    }
}
