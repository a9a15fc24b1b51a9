package io.siaran.localstack.launcher;

import io.siaran.localstack.Role;
import java.util.stream.Collectors;

/** What {@code ./siaran up} says when everything runs. */
final class Welcome {

    private static final String TEXT = """

            Siaran runs.
              API            %1$s/   (all of it: /docs/openapi.json)
              Phones         %2$s/   (what they receive, live, and the platform's faults)
              WhatsApp Web   %6$s
              Health         %3$s
              Logs           %4$s
              Stop           Ctrl-C

            Try, in another terminal (a token for 12 hours; './siaran token' makes others, './siaran demo' shows more):
              TOKEN=%5$s
              curl -s -H "Authorization: Bearer $TOKEN" %1$s/api/v1/devices
            """;

    private Welcome() {}

    static String text(StackSettings settings, WhatsApp whatsApp) {
        return TEXT.formatted(
                settings.baseUrl(),
                settings.simulatorUrl(),
                health(settings),
                settings.logs(),
                settings.token("demo", Role.ADMIN),
                whatsApp.words(settings));
    }

    private static String health(StackSettings settings) {
        return settings.replicas().instances().stream()
                .map(instance -> settings.managementUrl(instance) + "/q/health   (" + instance + ")")
                .collect(Collectors.joining(System.lineSeparator() + " ".repeat(17)));
    }
}
