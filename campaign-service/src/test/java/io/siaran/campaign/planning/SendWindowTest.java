package io.siaran.campaign.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.campaign.planning.SendWindow.Verdict;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendWindowTest {

    private static final ZoneId KUALA_LUMPUR = ZoneId.of("Asia/Kuala_Lumpur");
    private static final ZonedDateTime TEN = ZonedDateTime.of(2024, 11, 29, 10, 0, 0, 0, KUALA_LUMPUR);

    @ParameterizedTest(name = "{0} minutes after its time, late policy {1}, send until {2}: {3}")
    @CsvSource({
        "  -11, SEND,      , NOT_YET",
        "  -10, SEND,      , DUE",
        "   10, FAIL,      , DUE",
        "   11, FAIL,      , MISSED",
        "   11, SEND,      , DUE",
        "   11, SEND, 10:30, DUE",
        "   30, SEND, 10:30, MISSED",
        "    5, SEND, 10:01, DUE",
        "  839, SEND,      , DUE",
        "  840, SEND,      , MISSED",
        "14400, SEND,      , MISSED"
    })
    void a_campaign_goes_within_its_window_and_later_as_its_policy_says(
            long minutes, LatePolicy policy, LocalTime until, Verdict expected) {
        // Given
        SendWindow window = new SendWindow(TEN.toInstant(), KUALA_LUMPUR, policy, until);

        // When
        Verdict verdict = window.at(TEN.plusMinutes(minutes).toInstant());

        // Then
        assertThat(verdict).isEqualTo(expected);
    }
}
