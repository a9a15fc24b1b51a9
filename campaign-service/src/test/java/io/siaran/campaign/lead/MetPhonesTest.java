package io.siaran.campaign.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siaran.model.DeviceId;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetPhonesTest {

    @Test
    void each_device_and_phone_is_new_once_however_many_there_are() {
        MetPhones met = new MetPhones(100_002);
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

    @Test
    void one_more_than_there_may_be_is_refused_and_those_that_were_there_are_still_known() {
        MetPhones met = new MetPhones(2_000);
        DeviceId merah = new DeviceId(UUID.randomUUID());
        assertThat(IntStream.range(0, 2_000).filter(i -> met.add(merah, String.valueOf(60_120_000_000L + i))))
                .hasSize(2_000);
        assertThatThrownBy(() -> met.add(merah, "60999999999"))
                .isInstanceOf(MetPhones.TooMany.class)
                .hasMessage("the file has more than 2000 phones: split the file");
        assertThat(met.add(merah, "60120001999")).isFalse();
    }

    @Test
    void one_device_more_than_there_may_be_is_refused() {
        MetPhones met = new MetPhones(10_000);
        IntStream.range(0, 8_192).forEach(i -> met.add(new DeviceId(UUID.randomUUID()), "60120000000"));
        assertThatThrownBy(() -> met.add(new DeviceId(UUID.randomUUID()), "60120000000"))
                .isInstanceOf(MetPhones.TooMany.class)
                .hasMessage("the file has more than 8192 devices: split the file");
    }
}
