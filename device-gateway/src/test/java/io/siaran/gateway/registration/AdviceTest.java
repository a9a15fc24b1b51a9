package io.siaran.gateway.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.model.DeviceStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdviceTest {

    private static final boolean OURS = true;
    private static final boolean OF_THE_TENANT = false;

    @ParameterizedTest
    @EnumSource(DeviceCondition.class)
    void whatever_stops_a_device_comes_with_what_its_owner_can_do(DeviceCondition condition) {
        boolean stops = condition.status() != DeviceStatus.ONLINE;

        assertThat(Advice.of(condition, false, OF_THE_TENANT).isPresent()).isEqualTo(stops);
    }

    @ParameterizedTest
    @EnumSource(DeviceCondition.class)
    void a_server_that_does_not_answer_comes_with_what_can_be_done_in_every_condition(DeviceCondition condition) {
        assertThat(Advice.of(condition, true, OF_THE_TENANT)).isPresent();
        assertThat(Advice.of(condition, true, OURS)).isPresent();
    }

    @Test
    void what_a_person_or_whatsapp_stopped_is_not_cured_by_its_server() {
        assertThat(Advice.of(DeviceCondition.PAUSED, true, OF_THE_TENANT))
                .isEqualTo(Advice.of(DeviceCondition.PAUSED, false, OF_THE_TENANT));
        assertThat(Advice.of(DeviceCondition.BANNED, true, OF_THE_TENANT))
                .isEqualTo(Advice.of(DeviceCondition.BANNED, false, OF_THE_TENANT));
    }

    @Test
    void the_server_of_a_device_of_the_bridge_is_not_its_owners_to_mend() {
        assertThat(Advice.of(DeviceCondition.DISCONNECTED, true, OURS))
                .hasValueSatisfying(
                        words -> assertThat(words).contains("installation").doesNotContain("base_url"));
        assertThat(Advice.of(DeviceCondition.DISCONNECTED, true, OF_THE_TENANT))
                .hasValueSatisfying(words -> assertThat(words).contains("base_url"));
    }
}
