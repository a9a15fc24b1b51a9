package io.siaran.helm;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.localstack.launcher.Service;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What one rendering holds. */
record Rendered(List<JsonNode> objects) {

    private static final Set<String> WITH_PODS = Set.of("Deployment", "StatefulSet", "Job");

    Stream<JsonNode> ofKind(String kind) {
        return objects.stream().filter(each -> each.path("kind").asText().equals(kind));
    }

    JsonNode named(String kind, String name) {
        return ofKind(kind)
                .filter(each -> each.path("metadata").path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + kind + " " + name));
    }

    /** What runs the pods of a service. */
    JsonNode workload(Service service) {
        return named(service == Service.GATEWAY ? "StatefulSet" : "Deployment", "toko-siaran-" + service.shortName());
    }

    /** Every pod, whoever makes it. */
    Stream<JsonNode> pods() {
        return Stream.concat(
                ofKind("Pod"),
                objects.stream()
                        .filter(each -> WITH_PODS.contains(each.path("kind").asText()))
                        .map(each -> each.path("spec").path("template")));
    }

    static Stream<JsonNode> containers(JsonNode pod) {
        return Stream.concat(
                each(pod.path("spec").path("containers")), each(pod.path("spec").path("initContainers")));
    }

    static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
