package io.siaran.campaign.fanout;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.siaran.localstack.TestServers;
import java.util.Map;

/** The same with a cursor that moves once for many pages: whoever dies leaves more than one that was acknowledged. */
@QuarkusTest
@TestProfile(LaggingCursorTest.Seldom.class)
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class LaggingCursorTest extends KilledFanOutTest {

    public static class Seldom implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("siaran.fanout.move-interval", "1h");
        }
    }
}
