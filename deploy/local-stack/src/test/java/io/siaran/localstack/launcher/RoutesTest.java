package io.siaran.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {

    @ParameterizedTest
    @CsvSource({
        "/api/v1/leads, CAMPAIGN",
        "/api/v1/leads/018f/opt-out, CAMPAIGN",
        "/api/v1/campaigns/018f/report, CAMPAIGN",
        "/api/v1/suppressions, CAMPAIGN",
        "/api/v1/sequences/by-lead/018f, SEQUENCE",
        "/api/v1/messages, DISPATCH",
        "/api/v1/queue, DISPATCH",
        "/api/v1/analytics/export, DISPATCH",
        "/api/v1/webhooks/018f/deliveries, DISPATCH",
        "/api/v1/devices/018f/link, GATEWAY",
        "/api/v1/antispam/preview, GATEWAY",
        "/api/v1/sending-rules, GATEWAY",
        "/api/v1/callbacks/wablas/018f/secret, GATEWAY",
        "/docs/campaign, CAMPAIGN",
        "/docs/sequence/, SEQUENCE",
        "/docs/dispatch/openapi, DISPATCH",
        "/docs/gateway/swagger-ui.css, GATEWAY",
    })
    void the_first_segment_decides_the_service(String path, Service service) {
        assertThat(Routes.serviceFor(path)).hasValue(service);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1",
                "/api/v1/",
                "/api/v1/lead",
                "/api/v2/leads",
                "/leads",
                "/docs",
                "/docs/crm",
                "/q/health"
            })
    void nobody_answers_for_another_path(String path) {
        assertThat(Routes.serviceFor(path)).isEmpty();
    }
}
