package io.siaran.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * As much of a cluster's API as Helm needs to upgrade the release {@code toko} in {@code siaran}: it tells which kinds there are, has what
 * was installed, and keeps what it is asked to change. It changes nothing.
 */
final class FakeCluster implements AutoCloseable {

    /** Of each group and version the kinds that the chart makes, as they stand in an address. */
    private static final Map<String, Map<String, String>> KINDS = Map.of(
            "v1", Map.of("Service", "services", "ServiceAccount", "serviceaccounts", "ConfigMap", "configmaps"),
            "apps/v1", Map.of("Deployment", "deployments", "StatefulSet", "statefulsets"),
            "batch/v1", Map.of("Job", "jobs"),
            "policy/v1", Map.of("PodDisruptionBudget", "poddisruptionbudgets"),
            "networking.k8s.io/v1", Map.of("Ingress", "ingresses", "NetworkPolicy", "networkpolicies"),
            "autoscaling/v2", Map.of("HorizontalPodAutoscaler", "horizontalpodautoscalers"),
            "keda.sh/v1alpha1", Map.of("ScaledObject", "scaledobjects"),
            "kafka.strimzi.io/v1beta2", Map.of("Kafka", "kafkas", "KafkaNodePool", "kafkanodepools"));

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, JsonNode> objects = new ConcurrentSkipListMap<>();
    private final Map<String, JsonNode> patches = new ConcurrentSkipListMap<>();
    private final HttpServer server;

    FakeCluster(List<JsonNode> installed) throws IOException {
        tellKinds();
        installed.forEach(each -> objects.put(address(each), each.deepCopy()));
        ObjectNode secrets = JSON.createObjectNode().put("kind", "SecretList").put("apiVersion", "v1");
        secrets.putArray("items").add(release(installed));
        objects.put("/api/v1/namespaces/siaran/secrets", secrets);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void tellKinds() {
        objects.put(
                "/version",
                JSON.createObjectNode().put("major", "1").put("minor", "33").put("gitVersion", "v1.33.0"));
        ObjectNode core = JSON.createObjectNode().put("kind", "APIVersions");
        core.putArray("versions").add("v1");
        objects.put("/api", core);
        ObjectNode groups = JSON.createObjectNode().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode all = groups.putArray("groups");
        objects.put("/apis", groups);
        KINDS.forEach((version, kinds) -> {
            if (version.contains("/")) {
                ObjectNode of =
                        JSON.createObjectNode().put("groupVersion", version).put("version", version.split("/")[1]);
                ObjectNode group = all.addObject().put("name", version.split("/")[0]);
                group.putArray("versions").add(of);
                group.set("preferredVersion", of);
            }
            ObjectNode list =
                    JSON.createObjectNode().put("kind", "APIResourceList").put("groupVersion", version);
            ArrayNode resources = list.putArray("resources");
            kinds.forEach((kind, plural) -> resources
                    .addObject()
                    .put("name", plural)
                    .put("singularName", "")
                    .put("namespaced", true)
                    .put("kind", kind)
                    .putArray("verbs")
                    .add("get"));
            objects.put(root(version), list);
        });
    }

    /** How Helm keeps what it has installed. */
    private static ObjectNode release(List<JsonNode> installed) throws IOException {
        ObjectNode release = JSON.createObjectNode()
                .put("name", "toko")
                .put("namespace", "siaran")
                .put("version", 1);
        release.putObject("info").put("status", "deployed");
        release.putObject("chart").putObject("metadata").put("name", "siaran").put("version", "0.0.1");
        release.put("manifest", installed.stream().map(JsonNode::toString).collect(Collectors.joining("\n---\n")));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            JSON.writeValue(out, release);
        }
        Base64.Encoder base64 = Base64.getEncoder();
        ObjectNode secret = JSON.createObjectNode().put("type", "helm.sh/release.v1");
        secret.putObject("metadata").put("name", "sh.helm.release.v1.toko.v1");
        secret.putObject("data").put("release", base64.encodeToString(base64.encode(packed.toByteArray())));
        return secret;
    }

    private static String root(String version) {
        return (version.contains("/") ? "/apis/" : "/api/") + version;
    }

    private static String address(JsonNode object) {
        String version = object.path("apiVersion").asText();
        String plural = KINDS.get(version).get(object.path("kind").asText());
        return root(version) + "/namespaces/siaran/" + plural + "/"
                + object.at("/metadata/name").asText();
    }

    String kubeConfig() {
        return """
                {apiVersion: v1, kind: Config, current-context: here, users: [{name: me, user: {}}],
                 clusters: [{name: here, cluster: {server: 'http://127.0.0.1:%d'}}],
                 contexts: [{name: here, context: {cluster: here, user: me, namespace: siaran}}]}
                """.formatted(server.getAddress().getPort());
    }

    /** An object as it is there now, to be changed as others than Helm do. */
    ObjectNode live(JsonNode object) {
        return (ObjectNode) objects.get(address(object));
    }

    /** What Helm asked to be changed of an object. */
    JsonNode patch(JsonNode object) {
        return patches.get(address(object));
    }

    private void answer(HttpExchange asked) throws IOException {
        try (asked) {
            String path = asked.getRequestURI().getPath();
            byte[] body = asked.getRequestBody().readAllBytes();
            switch (asked.getRequestMethod()) {
                case "POST", "PUT" -> answer(asked, asked.getRequestHeaders().getFirst("Content-Type"), 200, body);
                case "PATCH" -> {
                    patches.put(path, JSON.readTree(body));
                    answer(asked, objects.get(path));
                }
                default -> answer(asked, objects.get(path));
            }
        }
    }

    private static void answer(HttpExchange asked, JsonNode found) throws IOException {
        JsonNode told = found != null
                ? found
                : JSON.createObjectNode()
                        .put("kind", "Status")
                        .put("apiVersion", "v1")
                        .put("status", "Failure")
                        .put("reason", "NotFound")
                        .put("code", 404);
        answer(asked, "application/json", found == null ? 404 : 200, JSON.writeValueAsBytes(told));
    }

    private static void answer(HttpExchange asked, String type, int status, byte[] body) throws IOException {
        asked.getResponseHeaders().add("Content-Type", type);
        asked.sendResponseHeaders(status, body.length);
        asked.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
