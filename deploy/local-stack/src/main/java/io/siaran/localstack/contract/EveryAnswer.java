package io.siaran.localstack.contract;

import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Installs {@link DocumentedAnswers} before every component test of every service: Quarkus finds it by its service file, so a
 * new test class is judged without asking for it. (A module whose tests have no RestAssured asks nothing.) A service is an application that has its document below {@code /docs/}.
 */
public class EveryAnswer implements QuarkusTestBeforeEachCallback {

    private static final String PATH = "quarkus.smallrye-openapi.path";

    private static final boolean ASKS_OVER_HTTP = has("io.restassured.RestAssured");

    @Override
    public void beforeEach(QuarkusTestMethodContext test) {
        if (!ASKS_OVER_HTTP) {
            return;
        }
        ConfigProvider.getConfig()
                .getOptionalValue(PATH, String.class)
                .filter(path -> path.startsWith("/docs/"))
                .ifPresent(DocumentedAnswers::install);
    }

    private static boolean has(String type) {
        try {
            Class.forName(type, false, EveryAnswer.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }
}
