package io.siaran.gateway.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.gateway.breaker.Evidence;
import io.siaran.gateway.breaker.Judgement;
import io.siaran.gateway.journal.CallOutcome;
import io.siaran.gateway.provider.SendOutcome;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CallEvidenceTest {

    static Stream<SendOutcome> ends() {
        return Stream.of(
                new SendOutcome.NotSent("too many images are under way"),
                new SendOutcome.MediaUnavailable("the image's server answers 503"),
                new SendOutcome.MessageRejected("it is no JPEG or PNG image"));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void what_ended_before_the_platform_was_called_says_nothing_of_it_and_is_told_as_it_is(SendOutcome end) {
        // Given
        SendOutcome uncalled = new SendOutcome.Uncalled(end);

        // When
        Evidence evidence = CallEvidence.of(uncalled);

        // Then
        assertThat(evidence).isEqualTo(new Evidence.None());
        CallOutcome outcome = CallOutcome.of(uncalled, Judgement.NONE, null);
        assertThat(outcome.called()).isFalse();
        assertThat(outcome)
                .usingRecursiveComparison()
                .ignoringFields("called")
                .isEqualTo(CallOutcome.of(end, Judgement.NONE, null));
    }
}
