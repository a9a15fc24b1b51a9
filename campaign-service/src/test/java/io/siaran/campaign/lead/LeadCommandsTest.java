package io.siaran.campaign.lead;

import static io.siaran.campaign.Cast.ANI;
import static io.siaran.campaign.Cast.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.campaign.Cast;
import io.siaran.kafka.OutboxRecord;
import io.siaran.kafka.Publisher;
import io.siaran.localstack.TestServers;
import io.siaran.model.LeadCommand;
import io.siaran.model.LeadId;
import io.siaran.model.LeadSnapshot;
import io.siaran.model.Topic;
import io.siaran.model.TriggerAssignment;
import io.siaran.model.UserId;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class LeadCommandsTest {

    @Inject
    Cast cast;

    @Inject
    LeadCommands commands;

    @Inject
    Publisher publisher;

    private final String user = Cast.newUser();
    private LeadId ani;

    @BeforeEach
    void enter() {
        ani = Cast.lead(user, Map.of("device_id", cast.device(user), "phone", ANI, "trigger", "cold,vip"));
    }

    @Test
    void a_command_on_the_topic_takes_the_trigger_from_the_lead_and_tells_so() {
        // When
        publisher.publish(List.of(new OutboxRecord(Topic.LEAD_COMMANDS, ani.toString(), remove("cold", 1))));

        // Then
        await().untilAsserted(() -> assertThat(latest().triggers()).containsExactly(new TriggerAssignment("vip", 1)));
        as(user, "viewer").get("/api/v1/leads/" + ani).then().body("trigger", equalTo("vip"));
    }

    @Test
    void a_command_that_comes_twice_is_applied_once() {
        // Given
        LeadCommand add = add("warm");

        // When
        commands.apply(List.of(add, add));
        commands.apply(List.of(remove("warm", 1)));
        commands.apply(List.of(add));

        // Then
        await().untilAsserted(() -> assertThat(latest().version()).isEqualTo(3));
        assertThat(latest().triggers()).extracting(TriggerAssignment::trigger).containsExactly("cold", "vip");
    }

    @Test
    void removing_an_older_assignment_leaves_a_newer_one() {
        // When
        commands.apply(List.of(remove("cold", 1), add("cold"), remove("cold", 1)));

        // Then
        await().untilAsserted(() -> assertThat(latest().triggers()).contains(new TriggerAssignment("cold", 2)));
    }

    @Test
    void a_trigger_that_two_sequences_give_at_once_is_given_once_and_anew_when_it_has_let_the_lead_in() {
        // When
        commands.apply(List.of(add("warm", 0L), add("warm", 0L)));
        commands.apply(List.of(add("warm", 0L)));
        commands.apply(List.of(add("vip", 1L)));

        // Then
        await().untilAsserted(() -> assertThat(latest().triggers())
                .containsExactly(
                        new TriggerAssignment("cold", 1),
                        new TriggerAssignment("vip", 2),
                        new TriggerAssignment("warm", 1)));
    }

    @Test
    void a_command_for_a_lead_of_another_user_changes_nothing() {
        // When
        commands.apply(List.of(new LeadCommand.AddTrigger(UUID.randomUUID(), new UserId("stranger"), ani, "warm", 0L)));

        // Then
        as(user, "viewer").get("/api/v1/leads/" + ani).then().body("trigger", equalTo("cold,vip"));
    }

    @Test
    void a_command_that_cannot_be_applied_is_put_aside_and_those_beside_it_are_applied() {
        // When
        publisher.publish(List.of(
                new OutboxRecord(Topic.LEAD_COMMANDS, ani.toString(), add("a,b")),
                new OutboxRecord(Topic.LEAD_COMMANDS, ani.toString(), add("x".repeat(65))),
                new OutboxRecord(Topic.LEAD_COMMANDS, ani.toString(), add("warm"))));

        // Then
        await().untilAsserted(() -> assertThat(latest().triggers())
                .extracting(TriggerAssignment::trigger)
                .containsExactly("cold", "vip", "warm"));
    }

    private LeadSnapshot latest() {
        return cast.published(Topic.LEADS, ani, LeadSnapshot.class).getLast();
    }

    private LeadCommand add(String trigger) {
        return add(trigger, null);
    }

    private LeadCommand add(String trigger, Long usedUpTo) {
        return new LeadCommand.AddTrigger(UUID.randomUUID(), new UserId(user), ani, trigger, usedUpTo);
    }

    private LeadCommand remove(String trigger, long assignment) {
        return new LeadCommand.RemoveTrigger(UUID.randomUUID(), new UserId(user), ani, trigger, assignment);
    }
}
