package io.siaran.sequence.enrolment;

import static io.siaran.sequence.Fitness.challenge;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.SequenceId;
import io.siaran.model.TimeOrderedId;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A crowd, device or sequence whose leads cannot be put up for review holds up no other, and goes on once they can. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class FailedMarksTest {

    @Inject
    Stage stage;

    @Inject
    MarkScene scene;

    @Inject
    MeterRegistry metrics;

    private Instant now = Instant.now();
    private MarkLeads marks;

    /** By the id of what is to be marked: the failing one comes first. */
    private Shop failing;

    private Shop other;

    @BeforeEach
    void anInstanceOfItsOwnClock() {
        stage.pass();
        marks = scene.instance(() -> now);
    }

    @AfterEach
    void nothingFails() {
        scene.forget();
        stage.pass();
    }

    @ParameterizedTest
    @EnumSource(MarkLeads.Kind.class)
    void what_cannot_be_marked_keeps_nobody_else_from_it_and_is_looked_at_once(MarkLeads.Kind kind) {
        // Given
        double before = failures(kind);
        twoShopsWaitFor(kind);
        fails();

        // When
        marks.mark();

        // Then
        assertThat(underReview(other)).isEqualTo(2);
        assertThat(underReview(failing)).isZero();
        assertThat(scene.refusals()).isEqualTo(1);
        assertThat(failures(kind) - before).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(MarkLeads.Kind.class)
    void what_fails_is_left_alone_for_a_while_each_time_longer_and_goes_on_once_it_can(MarkLeads.Kind kind) {
        // Given
        twoShopsWaitFor(kind);
        fails();
        marks.mark();

        // When
        marks.mark();
        assertThat(scene.refusals()).isEqualTo(1);
        now = now.plusSeconds(1);
        marks.mark();
        assertThat(scene.refusals()).isEqualTo(2);
        now = now.plusSeconds(1);
        scene.mend();
        marks.mark();
        assertThat(underReview(failing)).isZero();
        now = now.plusSeconds(1);
        marks.mark();

        // Then
        assertThat(underReview(failing)).isEqualTo(2);
    }

    private void twoShopsWaitFor(MarkLeads.Kind kind) {
        List<Shop> shops = Stream.generate(this::shop)
                .limit(2)
                .sorted(Comparator.comparing(shop -> shop.unit(kind).toString()))
                .toList();
        stage.pass();
        shops.forEach(shop -> waitsFor(shop, kind));
        failing = shops.get(0);
        other = shops.get(1);
    }

    private Shop shop() {
        Tenant tenant = stage.tenant();
        SequenceId fitness = tenant.sequence(challenge(1));
        tenant.crowd(2, "fitness_start");
        return new Shop(tenant, fitness, TimeOrderedId.v7(Instant.now(), new Random()));
    }

    private void waitsFor(Shop shop, MarkLeads.Kind kind) {
        switch (kind) {
            case DEVICE -> {
                shop.tenant().delete(shop.tenant().merah());
                stage.database()
                        .run(
                                "UPDATE devices SET deleted_at = deleted_at - interval '2 hours' WHERE id = $1",
                                shop.unit(kind));
            }
            case SEQUENCE -> {
                shop.tenant().deactivate(shop.fitness());
                shop.tenant().activate(shop.fitness());
            }
            case CROWD ->
                stage.database()
                        .run(
                                "INSERT INTO requested_crowds (id, user_id, sequence_id) VALUES ($1, $2, $3)",
                                shop.crowd(),
                                shop.tenant().user().value(),
                                shop.fitness().value());
        }
    }

    private void fails() {
        scene.refuse("NEW.user_id = '" + failing.tenant().user().value() + "'", "data_exception");
    }

    private double failures(MarkLeads.Kind kind) {
        return metrics.get("siaran.sequence.marking.failures")
                .tag("kind", kind.label())
                .counter()
                .count();
    }

    private int underReview(Shop shop) {
        return scene.underReview(shop.tenant());
    }

    /** Two leads who are inside a sequence; none of them is up for review. */
    private record Shop(Tenant tenant, SequenceId fitness, UUID crowd) {

        UUID unit(MarkLeads.Kind kind) {
            return switch (kind) {
                case DEVICE -> tenant.merah().value();
                case SEQUENCE -> fitness.value();
                case CROWD -> crowd;
            };
        }
    }
}
