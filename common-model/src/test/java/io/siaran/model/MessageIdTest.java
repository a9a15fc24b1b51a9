package io.siaran.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class MessageIdTest {

    private static final Instant FRIDAY = Instant.parse("2024-11-29T02:00:00Z");
    private static final CampaignId SALE = new CampaignId(new UUID(1, 2));
    private static final LeadId ANI = new LeadId(new UUID(3, 4));

    @Test
    void the_same_cause_gives_the_same_id() {
        assertThat(MessageId.ofCampaign(FRIDAY, SALE, 1, ANI)).isEqualTo(MessageId.ofCampaign(FRIDAY, SALE, 1, ANI));
    }

    @Test
    void another_run_or_lead_gives_another_id() {
        // Given
        MessageId first = MessageId.ofCampaign(FRIDAY, SALE, 1, ANI);

        // When / Then
        assertThat(MessageId.ofCampaign(FRIDAY, SALE, 2, ANI)).isNotEqualTo(first);
        assertThat(MessageId.ofCampaign(FRIDAY, SALE, 1, new LeadId(new UUID(3, 5))))
                .isNotEqualTo(first);
    }

    @Test
    void a_uuid_of_another_version_is_no_message_id() {
        assertThatThrownBy(() -> new MessageId(UUID.fromString("01936f2e-0000-7000-8000-0000000000d1")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void every_id_is_a_uuid_v8_that_begins_with_its_planned_time(
            @ForAll @LongRange(min = 0, max = 4_102_444_800_000L) long millis, @ForAll @IntRange(min = 1) int run) {
        // When
        MessageId id = MessageId.ofCampaign(Instant.ofEpochMilli(millis), SALE, run, ANI);

        // Then
        assertThat(id.value().version()).isEqualTo(8);
        assertThat(id.value().variant()).isEqualTo(2);
        assertThat(id.planned()).isEqualTo(Instant.ofEpochMilli(millis));
    }
}
