package io.siaran.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.siaran.localstack.launcher.Service;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What the chart makes of some values, on this machine: the processes of its containers, with the command, the environment and the files
 * that the chart gives them and nothing else. Where a container has {@code /etc/siaran}, they have a directory of their own.
 */
final class InstalledChart {

    private static final Path CHART = PackagedStack.REPOSITORY.resolve("deploy/helm/siaran");
    private static final Path JVM_OPTIONS = PackagedStack.REPOSITORY.resolve("deploy/images/src/main/jvm/jvm.options");
    private static final String FILES = "/etc/siaran";

    /** Of the images, where a container says nothing else. */
    private static final List<String> ENTRYPOINT = List.of("java", "@/app/jvm.options", "-jar", "/app/quarkus-run.jar");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final Path directory;
    private final Map<String, Map<String, String>> secrets;
    private final List<JsonNode> objects;

    /** @param secrets those that the cluster has, by name and key */
    InstalledChart(Map<String, String> values, Map<String, Map<String, String>> secrets, Path directory) {
        this.directory = directory;
        this.secrets = secrets;
        TemplateCommand template = new Helm(CHART)
                .template()
                .withName("toko")
                .withNamespace("siaran")
                .withKubeVersion("1.33.0");
        values.forEach(template::set);
        this.objects = objects(template.call());
    }

    private static List<JsonNode> objects(String yaml) {
        try {
            return YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml).readAll().stream()
                    .filter(each -> each != null && each.isObject())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The job that makes the topics; the service is the one whose image it runs. */
    ProcessBuilder topicsJob() {
        JsonNode pod = pod("Job", "toko-siaran-topics-");
        return process(pod, pod.at("/containers/0"), Service.DISPATCH);
    }

    /** The container of a service that is a Deployment. */
    ProcessBuilder service(Service service) {
        JsonNode pod = pod(service);
        return process(pod, pod.at("/containers/0"), service);
    }

    /** The one that comes before it and migrates. */
    ProcessBuilder migration(Service service) {
        JsonNode pod = pod(service);
        return process(pod, pod.at("/initContainers/0"), service);
    }

    /** What an operator starts in the container of a service. */
    ProcessBuilder inService(Service service, String... command) {
        JsonNode pod = pod(service);
        return process(pod, pod.at("/containers/0"), service, List.of(command));
    }

    private JsonNode pod(Service service) {
        return pod("Deployment", "toko-siaran-" + service.shortName());
    }

    private JsonNode pod(String kind, String name) {
        return named(kind, name).at("/spec/template/spec");
    }

    private JsonNode named(String kind, String beginning) {
        return objects.stream()
                .filter(each -> each.path("kind").asText().equals(kind))
                .filter(each -> each.at("/metadata/name").asText().startsWith(beginning))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the chart makes no " + kind + " " + beginning));
    }

    private ProcessBuilder process(JsonNode pod, JsonNode container, Service service) {
        List<String> command = Stream.concat(each(container.path("command")), each(container.path("args")))
                .map(JsonNode::asText)
                .toList();
        return process(pod, container, service, command.isEmpty() ? ENTRYPOINT : command);
    }

    private ProcessBuilder process(JsonNode pod, JsonNode container, Service service, List<String> command) {
        mount(pod, container);
        List<String> here = new ArrayList<>();
        here.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.stream().skip(1).map(word -> inImage(word, service)).forEach(here::add);
        ProcessBuilder process =
                new ProcessBuilder(here).directory(new File(here(FILES))).redirectErrorStream(true);
        process.environment().clear();
        process.environment().putAll(environment(container.path("env")));
        // Half the work of a start; nothing here lives for long.
        process.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
        return process;
    }

    private static String inImage(String word, Service service) {
        Path packaged = PackagedStack.REPOSITORY.resolve(service.module()).resolve("target/quarkus-app");
        return word.replace("/app/jvm.options", JVM_OPTIONS.toString()).replace("/app/", packaged + "/");
    }

    private Map<String, String> environment(JsonNode variables) {
        Map<String, String> environment = new TreeMap<>();
        each(variables).forEach(variable -> {
            String value = value(variable);
            if (value != null) {
                environment.put(variable.path("name").asText(), here(value));
            }
        });
        return environment;
    }

    /** Null where the secret is one that need not be there. */
    private String value(JsonNode variable) {
        JsonNode secret = variable.at("/valueFrom/secretKeyRef");
        if (secret.isObject()) {
            return secrets.getOrDefault(secret.path("name").asText(), Map.of())
                    .get(secret.path("key").asText());
        }
        return variable.has("value") ? variable.path("value").asText() : "toko-siaran-0";
    }

    private void mount(JsonNode pod, JsonNode container) {
        each(container.path("volumeMounts"))
                .filter(mount -> mount.path("mountPath").asText().startsWith(FILES))
                .forEach(mount -> write(here(mount.path("mountPath").asText()), files(pod, mount.path("name"))));
    }

    private Map<String, String> files(JsonNode pod, JsonNode volumeName) {
        JsonNode volume = each(pod.path("volumes"))
                .filter(each -> each.path("name").equals(volumeName))
                .findFirst()
                .orElseThrow();
        if (volume.has("secret")) {
            return secrets.get(volume.at("/secret/secretName").asText());
        }
        Map<String, String> files = new TreeMap<>();
        named("ConfigMap", volume.at("/configMap/name").asText())
                .path("data")
                .properties()
                .forEach(file -> files.put(file.getKey(), here(file.getValue().asText())));
        return files;
    }

    private static void write(String place, Map<String, String> files) {
        try {
            Path mounted = Files.createDirectories(Path.of(place));
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(mounted.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String here(String text) {
        return text.replace(FILES, directory + FILES);
    }

    private static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
