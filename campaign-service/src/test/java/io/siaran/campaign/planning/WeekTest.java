package io.siaran.campaign.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.model.CampaignId;
import io.siaran.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A week of campaigns in three zones on a virtual clock that moves by minutes; clocks change in one of them. */
class WeekTest {

    private static final LocalDate MONDAY = LocalDate.of(2027, 3, 8);
    private static final Instant BEGIN = Instant.parse("2027-03-07T00:00:00Z");
    private static final Instant END = BEGIN.plus(Duration.ofDays(9));
    private static final List<ZoneId> ZONES =
            List.of(ZoneId.of("Asia/Kuala_Lumpur"), ZoneId.of("America/New_York"), ZoneId.of("Asia/Kathmandu"));

    private final List<Campaign> campaigns = new ArrayList<>();
    private final Map<Campaign, Instant> triggered = new HashMap<>();

    @Test
    void every_occurrence_goes_once_at_its_local_time_whatever_the_clocks_do() {
        // Given
        ZONES.forEach(zone -> {
            plan(zone, "10:00", "FREQ=DAILY;COUNT=7", LatePolicy.SEND);
            plan(zone, "18:30", "FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=3", LatePolicy.SEND);
        });

        // When
        run(List.of());

        // Then
        assertThat(triggered).hasSize(ZONES.size() * (7 + 3));
        triggered.forEach((campaign, at) -> {
            CampaignTerms terms = campaign.terms();
            LocalDateTime local =
                    campaign.scheduledAt().atZone(terms.timeZone()).toLocalDateTime();
            assertThat(local).isEqualTo(terms.campaignDate().atTime(terms.timeSchedule()));
            assertThat(Duration.between(at, campaign.scheduledAt())).isBetween(Duration.ZERO, Duration.ofMinutes(10));
        });
        assertThat(triggered.keySet().stream()
                        .map(campaign -> campaign.terms().timeZone() + " " + campaign.scheduledAt())
                        .distinct())
                .hasSize(triggered.size());
    }

    @Test
    void an_outage_delays_those_that_may_be_late_fails_the_others_and_loses_none() {
        // Given
        ZoneId zone = ZONES.getFirst();
        plan(zone, "10:00", "FREQ=DAILY;COUNT=7", LatePolicy.SEND);
        plan(zone, "10:00", "FREQ=DAILY;COUNT=7", LatePolicy.FAIL);
        Instant from = at(zone, MONDAY.plusDays(2), LocalTime.of(9, 0));
        Instant until = at(zone, MONDAY.plusDays(2), LocalTime.of(12, 0));

        // When
        run(List.of(from, until));

        // Then
        assertThat(campaigns).hasSize(14);
        assertThat(campaigns)
                .filteredOn(campaign -> campaign.status() == CampaignStatus.FAILED)
                .extracting(
                        campaign -> campaign.terms().latePolicy(),
                        campaign -> campaign.terms().campaignDate())
                .containsExactly(org.assertj.core.groups.Tuple.tuple(LatePolicy.FAIL, MONDAY.plusDays(2)));
        assertThat(triggered).hasSize(13);
        assertThat(triggered.values()).filteredOn(until::equals).hasSize(1);
    }

    /** Nobody looks at anything from the first of the two moments to the second, if there are any. */
    private void run(List<Instant> outage) {
        for (Instant now = BEGIN; now.isBefore(END); now = now.plus(Duration.ofMinutes(1))) {
            if (outage.isEmpty() || now.isBefore(outage.getFirst()) || !now.isBefore(outage.getLast())) {
                look(now);
            }
        }
    }

    private void look(Instant now) {
        for (Campaign campaign : List.copyOf(campaigns)) {
            if (campaign.status() == CampaignStatus.SCHEDULED) {
                campaign.triggerOnTime(now);
                if (campaign.status() == CampaignStatus.TRIGGERED) {
                    triggered.put(campaign, now);
                }
                Occurrences.next(campaign, new CampaignId(UUID.randomUUID()), now)
                        .ifPresent(campaigns::add);
            }
        }
    }

    private void plan(ZoneId zone, String time, String rule, LatePolicy late) {
        CampaignTerms terms = new CampaignTerms(
                "Week",
                "Hello",
                null,
                "ecommerce",
                null,
                null,
                MONDAY,
                LocalTime.parse(time),
                zone,
                null,
                null,
                null,
                null,
                null,
                null,
                late,
                null,
                null,
                null,
                null,
                rule);
        campaigns.add(new Campaign(new CampaignId(UUID.randomUUID()), new UserId("week"), terms, BEGIN));
    }

    private static Instant at(ZoneId zone, LocalDate day, LocalTime time) {
        return day.atTime(time).atZone(zone).toInstant();
    }
}
