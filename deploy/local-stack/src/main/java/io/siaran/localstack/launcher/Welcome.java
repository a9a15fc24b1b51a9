package io.siaran.localstack.launcher;

import io.siaran.localstack.Role;

/** What {@code ./siaran up} says when everything runs. */
final class Welcome {

    private static final String TEXT = """

            Siaran runs.
              API and docs   %1$s/
              Phones         %2$s/ledger
              Logs           %3$s
              Stop           Ctrl-C

            Try, in another terminal (a token for 12 hours; './siaran token' makes others):
              TOKEN=%4$s
              curl -s -H "Authorization: Bearer $TOKEN" %1$s/api/v1/devices
            """;

    private Welcome() {}

    static String text(StackSettings settings) {
        return TEXT.formatted(
                settings.baseUrl(), settings.simulatorUrl(), settings.logs(), settings.token("demo", Role.ADMIN));
    }
}
