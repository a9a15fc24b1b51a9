package io.siaran.localstack.launcher;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a browser shows at the front door: where to go from here. */
final class WelcomePage {

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Siaran</title>
            <style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }
            code { background: #eee; padding: 0 .3em } td { padding-right: 1.5rem }</style></head>
            <body>
            <h1>Siaran</h1>
            <p>The local stack runs. The API is under <code>/api/v1</code>; <code>./siaran token</code> prints a token.</p>
            <table>%s</table>
            <p><a href="%2$s/">The simulated phones</a>: what they receive, live, and the faults of their platform.</p>
            <p><a href="/docs/openapi.json">The API of all services in one document</a> (OpenAPI).</p>
            </body></html>
            """;

    private static final String ROW = """
            <tr><td>%2$s</td><td><a href="/docs/%1$s/">API</a></td><td><a href="%3$s/q/health">health</a></td>\
            <td><a href="%3$s/q/metrics">metrics</a></td></tr>
            """;

    private WelcomePage() {}

    static String of(StackSettings settings) {
        String rows = Arrays.stream(Service.values())
                .map(service -> ROW.formatted(
                        service.shortName(), service.module(), settings.managementUrl(Instance.first(service))))
                .collect(Collectors.joining());
        return PAGE.formatted(rows, settings.simulatorUrl());
    }
}
