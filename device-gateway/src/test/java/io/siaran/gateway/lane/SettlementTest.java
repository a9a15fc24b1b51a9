package io.siaran.gateway.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.gateway.provider.SendOutcome;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class SettlementTest {

    @Test
    void what_a_platform_says_can_always_be_stored() {
        assertThat(Settlement.of(new SendOutcome.Accepted("w\0-1"), Clock.systemUTC())
                        .providerMessageId())
                .isEqualTo("w-1");
        assertThat(Settlement.of(new SendOutcome.Unknown("cut\0 off"), Clock.systemUTC())
                        .detail())
                .isEqualTo("cut off");
    }
}
