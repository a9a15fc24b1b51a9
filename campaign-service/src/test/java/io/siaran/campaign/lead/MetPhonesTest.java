package io.siaran.campaign.lead;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.model.DeviceId;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetPhonesTest {

    @Test
    void each_device_and_phone_is_new_once_however_many_there_are() {
        MetPhones met = new MetPhones();
        DeviceId merah = new DeviceId(UUID.randomUUID());
        DeviceId biru = new DeviceId(UUID.randomUUID());
        assertThat(IntStream.range(0, 100_000).filter(i -> met.add(merah, String.valueOf(60_120_000_000L + i))))
                .hasSize(100_000);
        assertThat(IntStream.range(0, 100_000).filter(i -> met.add(merah, String.valueOf(60_120_000_000L + i))))
                .isEmpty();
        assertThat(met.add(biru, "60120000000")).isTrue();
        assertThat(met.add(biru, "999999999999999")).isTrue();
        assertThat(met.add(biru, "999999999999999")).isFalse();
    }
}
