package io.siaran.dispatch.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Stage;
import io.siaran.localstack.TestServers;
import io.siaran.model.FailureReason;
import jakarta.inject.Inject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ReasonsTest {

    @Inject
    Stage stage;

    @ParameterizedTest
    @EnumSource(FailureReason.class)
    void the_database_knows_which_status_every_reason_ends_with(FailureReason reason) {
        assertThat(stage.rows("SELECT ended_status($1) AS status", reason.wire())
                        .getFirst()
                        .getString("status"))
                .isIn("failed", "cancelled");
    }
}
