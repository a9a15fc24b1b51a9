package io.siaran.localstack.launcher;

import io.siaran.localstack.frontdoor.Upstream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which service answers for a path: the first segment after {@code /api/v1/} or {@code /docs/} decides. */
final class Routes {

    private static final Pattern API = Pattern.compile("/api/v1/([^/]+).*");
    private static final Pattern DOCS = Pattern.compile("/docs/([^/]+).*");

    private Routes() {}

    /** Where the front door finds the service for a path. */
    static Function<String, Optional<Upstream>> by(StackSettings settings) {
        return path -> serviceFor(path).map(service -> upstream(service, settings));
    }

    static Upstream upstream(Service service, StackSettings settings) {
        List<Integer> ports = settings.replicas().instances(service).stream()
                .map(instance -> settings.address(instance).port())
                .toList();
        return new Upstream(service.module(), service.shortName(), ports);
    }

    /** The service for that path; empty when nobody answers for it. */
    static Optional<Service> serviceFor(String path) {
        Matcher api = API.matcher(path);
        if (api.matches()) {
            return Arrays.stream(Service.values())
                    .filter(service -> service.serves(api.group(1)))
                    .findFirst();
        }
        Matcher docs = DOCS.matcher(path);
        return Arrays.stream(Service.values())
                .filter(service -> docs.matches() && service.shortName().equals(docs.group(1)))
                .findFirst();
    }
}
