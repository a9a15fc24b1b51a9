package io.siaran.localstack;

import io.quarkus.test.junit.callback.QuarkusTestBeforeClassCallback;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * Lets {@code await()} of every component test look more often than ten times a second: most of what is waited for takes less
 * than that, and nearly every test waits. Quarkus finds it by its service file.
 */
public class ShortWaits implements QuarkusTestBeforeClassCallback {

    /** Not less: each look may be a call of the service, on the cores that are to do what is waited for. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);

    @Override
    public void beforeClass(Class<?> test) {
        Awaitility.setDefaultPollInterval(BETWEEN_LOOKS);
    }
}
