package io.siaran.campaign.progress;

import static io.siaran.campaign.Cast.as;
import static io.siaran.campaign.Cast.campaign;
import static io.siaran.campaign.Cast.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.campaign.Cast;
import io.siaran.campaign.ReplyListener;
import io.siaran.localstack.TestServers;
import io.siaran.model.CampaignId;
import io.siaran.model.CampaignProgress;
import io.siaran.model.DeviceId;
import io.siaran.model.InboundMessage;
import io.siaran.model.LeadId;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ani on Merah answers before it is told here that she was written to. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class EarlyRepliesTest {

    private static final Map<String, Object> SEGMENT = Map.of("segment", Map.of("tags_none", List.of("staff")));

    @Inject
    Cast cast;

    @Inject
    ProgressIntake progress;

    @Inject
    WrittenPeople written;

    @Inject
    ReplyListener replies;

    @Inject
    CountReplies counting;

    @Inject
    Database database;

    @Inject
    MeterRegistry metrics;

    private final String user = Cast.newUser();
    private DeviceId merah;
    private LeadId ani;

    @BeforeEach
    void link() {
        merah = cast.device(user);
        ani = Cast.lead(user, merah, Cast.ANI);
    }

    @Test
    void a_reply_that_outruns_the_news_of_its_send_counts_once_for_the_run_that_it_answers() {
        // Given
        CampaignId before = sent(Map.of());
        CampaignId ofSegment = published(SEGMENT);
        Instant sentAt = Instant.now();
        InboundMessage reply = wrote(sentAt.plusMillis(700));

        // When
        replies.heard(List.of(reply, reply));
        replies.heard(List.of(reply));
        lookAgain();
        assertThat(replied(before)).isZero();
        writtenTo(sentAt);
        isSent(ofSegment);
        lookAgain();

        // Then
        await().untilAsserted(() -> assertThat(replied(ofSegment)).isOne());
        assertThat(replied(before)).isZero();
        assertThat(waiting()).isZero();
    }

    @Test
    void who_is_not_written_to_within_some_minutes_answers_the_run_before() {
        // Given
        CampaignId before = sent(Map.of());
        writtenTo(Instant.now());
        CampaignId ofSegment = sent(SEGMENT);
        replies.heard(List.of(wrote(Instant.now())));

        // When
        lookAgain();
        assertThat(replied(before)).isZero();
        hasWaited();
        lookAgain();

        // Then
        await().untilAsserted(() -> assertThat(replied(before)).isOne());
        assertThat(replied(ofSegment)).isZero();
        assertThat(waiting()).isZero();
    }

    /** Also before one that is for her as she is now: that one is older than the run that she is known to have answered. */
    @Test
    void who_is_no_prospect_any_more_when_her_reply_has_waited_answers_the_run_that_she_was_one_for() {
        // Given
        CampaignId oldest = sent(Map.of());
        CampaignId before = sent(Map.of("target_status", "prospect"));
        writtenTo(Instant.now());
        CampaignId ofSegment = sent(SEGMENT);
        replies.heard(List.of(wrote(Instant.now())));
        assertThat(waiting()).isOne();

        // When
        Cast.patch(user, ani, Map.of("target_status", "customer"));
        lookAgain();
        assertThat(waiting()).isOne();
        hasWaited();
        lookAgain();

        // Then
        await().untilAsserted(() -> assertThat(replied(before)).isOne());
        assertThat(replied(oldest)).isZero();
        assertThat(replied(ofSegment)).isZero();
        assertThat(waiting()).isZero();
    }

    @Test
    void a_reply_counts_though_its_lead_is_deleted_while_it_waits() {
        // Given
        CampaignId before = sent(Map.of());
        writtenTo(Instant.now());
        sent(SEGMENT);
        replies.heard(List.of(wrote(Instant.now())));
        assertThat(waiting()).isOne();

        // When
        database.run("UPDATE leads SET deleted = true WHERE user_id = $1", user);
        hasWaited();
        lookAgain();

        // Then
        await().untilAsserted(() -> assertThat(replied(before)).isOne());
        assertThat(waiting()).isZero();
    }

    @Test
    void what_is_sent_after_a_reply_is_not_answered_by_it() {
        // Given
        CampaignId before = sent(Map.of());
        writtenTo(Instant.now());
        CampaignId ofSegment = sent(SEGMENT);
        Instant repliedAt = Instant.now();
        replies.heard(List.of(wrote(repliedAt)));

        // When
        writtenTo(repliedAt.plus(Duration.ofMinutes(2)));
        lookAgain();
        assertThat(waiting()).isOne();
        hasWaited();
        lookAgain();

        // Then
        await().untilAsserted(() -> assertThat(replied(before)).isOne());
        assertThat(replied(ofSegment)).isZero();
    }

    /** Of the second campaign others on her device are written to first, she is hours later: its cursor has passed her. */
    @Test
    void what_is_published_before_a_reply_and_sent_to_her_after_it_is_not_answered_by_it() {
        // Given
        CampaignId before = sent(Map.of());
        writtenTo(Instant.now());
        CampaignId later = sent(Map.of());
        Instant repliedAt = Instant.now();
        InboundMessage reply = wrote(repliedAt);
        replies.heard(List.of(reply));

        // When
        writtenTo(repliedAt.plus(Duration.ofMinutes(2)));
        lookAgain();
        hasWaited();
        lookAgain();

        // Then
        await().untilAsserted(() -> assertThat(replied(before)).isOne());
        assertThat(replied(later)).isZero();
    }

    /** campaign-service was behind: a step of a sequence has been sent to her since. */
    @Test
    void a_reply_that_is_heard_late_answers_what_she_was_sent_before_the_last() {
        // Given
        CampaignId campaign = sent(Map.of());
        Instant sentAt = Instant.now();
        writtenTo(sentAt);
        writtenTo(sentAt.plus(Duration.ofMinutes(50)));

        // When
        replies.heard(List.of(wrote(sentAt.plus(Duration.ofMinutes(20)))));

        // Then
        assertThat(replied(campaign)).isOne();
    }

    @Test
    void a_reply_that_is_told_again_days_later_does_not_answer_what_was_sent_since() {
        // Given
        CampaignId before = sent(Map.of());
        writtenTo(Instant.now());
        InboundMessage reply = wrote(Instant.now().plusSeconds(1));
        replies.heard(List.of(reply));
        assertThat(replied(before)).isOne();
        CampaignId later = published(Map.of());
        InboundMessage next = wrote(Instant.now().plusSeconds(1));

        // When
        isSent(later);
        writtenTo(next.at().plus(Duration.ofMinutes(2)));
        replies.heard(List.of(reply, next));
        hasWaited();
        lookAgain();

        // Then
        await().until(() -> waiting() == 0);
        assertThat(replied(later)).isZero();
        assertThat(replied(before)).isOne();
    }

    @Test
    void the_first_reply_to_a_device_waits_for_its_counts() {
        // Given
        CampaignId campaign = published(Map.of());
        Instant sentAt = Instant.now();

        // When
        replies.heard(List.of(wrote(sentAt.plusMillis(700))));
        writtenTo(sentAt);
        lookAgain();
        assertThat(replied(campaign)).isZero();
        isSent(campaign);
        lookAgain();

        // Then
        await().untilAsserted(() -> assertThat(replied(campaign)).isOne());
    }

    @Test
    void nothing_waits_for_a_run_that_ended_long_before() {
        // Given
        CampaignId before = sent(Map.of());
        writtenTo(Instant.now());
        CampaignId ofSegment = sent(SEGMENT);
        database.run(
                "UPDATE campaigns SET status = 'completed', completed_at = clock_timestamp(),"
                        + " updated_at = clock_timestamp() - interval '11 minutes' WHERE id = $1",
                ofSegment.value());

        // When
        replies.heard(List.of(wrote(Instant.now())));

        // Then
        assertThat(waiting()).isZero();
        assertThat(replied(before)).isOne();
    }

    @Test
    void one_that_the_database_refuses_is_put_off_and_those_behind_it_count() {
        // Given
        LeadId budi = Cast.lead(user, merah, Cast.BUDI);
        CampaignId campaign = sent(Map.of());
        writtenTo(Instant.now());
        written.apply(List.of(SentStatus.of(user, merah, budi, Instant.now())));
        sent(SEGMENT);
        replies.heard(List.of(wrote(Cast.BUDI, Instant.now()), wrote(Instant.now())));
        assertThat(waiting()).isEqualTo(2);
        double failures = failures();
        database.run("CREATE OR REPLACE FUNCTION refuse_reply() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION 'refused by the test'; END $$");
        database.run("CREATE TRIGGER refuse BEFORE INSERT ON campaign_replies FOR EACH ROW WHEN (NEW.device_id = '"
                + merah + "' AND NEW.phone = '" + Cast.BUDI + "') EXECUTE FUNCTION refuse_reply()");
        try {
            // When
            hasWaited();
            lookAgain();

            // Then
            await().untilAsserted(() -> assertThat(replied(campaign)).isOne());
            await().untilAsserted(() -> assertThat(failures()).isGreaterThan(failures));
            assertThat(waiting()).isOne();
        } finally {
            database.run("DROP TRIGGER refuse ON campaign_replies");
        }
        lookAgain();
        await().untilAsserted(() -> assertThat(replied(campaign)).isEqualTo(2));
    }

    private double failures() {
        return metrics.counter("siaran.batch.failures", "batch", "replies").count();
    }

    /** Now, whenever it would be time; the job may be at it as well. */
    private void lookAgain() {
        database.run("UPDATE early_replies SET look_at = clock_timestamp() WHERE user_id = $1", user);
        counting.lookAgain();
    }

    /** For as long as it waits at most. */
    private void hasWaited() {
        database.run("UPDATE early_replies SET heard_at = heard_at - interval '11 minutes' WHERE user_id = $1", user);
    }

    private int waiting() {
        return database.run("SELECT FROM early_replies WHERE user_id = $1", user)
                .rowCount();
    }

    private int replied(CampaignId campaign) {
        return as(user, "viewer")
                .get("/api/v1/campaigns/" + campaign + "/report")
                .then()
                .statusCode(200)
                .extract()
                .path("totals.replied");
    }

    private CampaignId published(Map<String, Object> more) {
        CampaignId campaign = campaign(user, more);
        trigger(user, campaign);
        await().until(() -> cast.fanOutHasEnded(campaign));
        return campaign;
    }

    private CampaignId sent(Map<String, Object> more) {
        CampaignId campaign = published(more);
        isSent(campaign);
        return campaign;
    }

    /** One is, and one waits, so that the run goes on. */
    private void isSent(CampaignId campaign) {
        progress.apply(List.of(
                new CampaignProgress(campaign, 1, merah, new UserId(user), 1, 2, 1, 0, 1, 0, 0, 0, 0, 0, null)));
    }

    private void writtenTo(Instant at) {
        written.apply(List.of(SentStatus.of(user, merah, ani, at)));
    }

    private InboundMessage wrote(Instant at) {
        return wrote(Cast.ANI, at);
    }

    private InboundMessage wrote(String phone, Instant at) {
        return new InboundMessage(
                UUID.randomUUID(), new UserId(user), merah, new PhoneNumber(phone), null, "text", "Boleh", at);
    }
}
