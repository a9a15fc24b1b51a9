package io.siaran.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.gateway.provider.SendOutcome;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class CallOutcomeTest {

    @Test
    void what_a_platform_says_can_always_be_stored() {
        assertThat(CallOutcome.of(new SendOutcome.Accepted("w\0-1"), Clock.systemUTC())
                        .providerMessageId())
                .isEqualTo("w-1");
        assertThat(CallOutcome.of(new SendOutcome.Unknown("cut\0 off"), Clock.systemUTC())
                        .detail())
                .isEqualTo("cut off");
    }
}
