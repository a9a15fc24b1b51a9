package io.siaran.gateway.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.exemplars.ExemplarSampler;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.trace.TraceExemplars;
import jakarta.inject.Inject;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ExemplarsOfTheRegistryTest {

    @Inject
    Optional<ExemplarSampler> ofTheRegistry;

    @Inject
    TraceExemplars ofCalls;

    @Test
    void the_registry_asks_for_the_calls_traces() {
        assertThat(ofTheRegistry).containsSame(ofCalls);
    }
}
