package io.siaran.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.provider.CallbackReading.Verification;
import io.siaran.localstack.TestServers;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each adapter declares is what it has: a forgotten row of a new provider fails here. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ProvidersTest {

    /** {@code siaran.release.call-timeout} of dispatch-service: its lease outlasts every call. */
    private static final Duration LEASED_CALL = Duration.ofSeconds(60);

    @Inject
    Providers providers;

    @Inject
    ProviderConfig config;

    @Test
    void every_platform_has_an_adapter() {
        assertThat(providers.platforms()).containsExactlyInAnyOrder(Platform.values());
    }

    @ParameterizedTest
    @EnumSource(Platform.class)
    void an_adapter_has_the_ports_that_it_declares_and_no_others(Platform platform) {
        // Given
        ProviderAdapter adapter = providers.of(platform);

        // Then
        assertThat(adapter.lookup().isPresent()).isEqualTo(can(adapter, Capability.LOOKUP));
        assertThat(adapter.numberCheck().isPresent()).isEqualTo(can(adapter, Capability.NUMBER_CHECK));
        boolean links = can(adapter, Capability.QR) || can(adapter, Capability.PAIRING_CODE);
        assertThat(adapter.linking().isPresent()).isEqualTo(links);
        assertThat(adapter.typing().isPresent()).isEqualTo(can(adapter, Capability.TYPING));
        boolean tells = can(adapter, Capability.RECEIPTS) || can(adapter, Capability.INBOUND);
        assertThat(adapter.callbacks().isPresent()).isEqualTo(tells);
        boolean signs = adapter.callbacks()
                .filter(reading -> reading.verification() instanceof Verification.Signature)
                .isPresent();
        assertThat(signs).isEqualTo(can(adapter, Capability.SIGNED_WEBHOOKS));
    }

    @ParameterizedTest
    @EnumSource(Platform.class)
    void a_call_ends_within_the_lease_and_every_limit_is_set(Platform platform) {
        // Given
        ProviderAdapter adapter = providers.of(platform);

        // Then
        assertThat(adapter.longestCall()).isPositive().isLessThanOrEqualTo(LEASED_CALL);
        assertThat(adapter.longestCall()).isEqualTo(config.timeout(platform));
        assertThat(adapter.longestText()).isPositive();
        assertThat(adapter.images().bytes()).isPositive();
        assertThat(adapter.images().types()).contains("image/jpeg", "image/png");
        assertThat(adapter.usualServer().isEmpty()).isEqualTo(platform.hasSessions() && !platform.isOurOwn());
    }

    @Test
    void gowa_is_waited_for_longer_than_it_waits_itself() {
        assertThat(providers.of(Platform.GOWA).longestCall()).isGreaterThan(Duration.ofSeconds(45));
        assertThat(config.idleTimeout()).isLessThanOrEqualTo(Duration.ofSeconds(5));
    }

    private static boolean can(ProviderAdapter adapter, Capability capability) {
        return adapter.capabilities().contains(capability);
    }
}
