package io.siaran.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.localstack.launcher.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code deploy/compose} says about the services is what the services say. No engine is needed for that. */
class ComposeTest {

    private static final Path DIRECTORY = Chart.REPOSITORY.resolve("deploy/compose");
    private static final Pattern LOCATION = Pattern.compile(
            "\\^/\\(\\?:api/v1/\\(\\?:([a-z|-]+)\\)\\|docs/([a-z]+)\\).*proxy_pass http://([a-z]+):8080;");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)");

    private final JsonNode services =
            Chart.yaml(DIRECTORY.resolve("compose.yaml")).path("services");

    @Test
    void every_service_runs_from_the_image_that_the_build_makes_and_every_other_image_is_pinned() {
        for (Service service : Service.values()) {
            assertThat(services.path(service.shortName()).path("image").asText())
                    .startsWith("siaran/" + service.module() + ":${SIARAN_TAG:-");
        }
        assertThat(services)
                .extracting(each -> each.path("image").asText())
                .allMatch(image -> image.startsWith("siaran/") || image.matches("docker\\.io/[a-z/]+:\\d+(\\.\\d+)+"));
    }

    @Test
    void the_ingress_knows_every_path_of_the_front_door() throws IOException {
        Matcher location = LOCATION.matcher(Files.readString(DIRECTORY.resolve("nginx.conf")));
        Set<Service> found = new TreeSet<>();
        while (location.find()) {
            Service service = Service.named(location.group(3));
            assertThat(location.group(2)).isEqualTo(service.shortName());
            assertThat(Set.of(location.group(1).split("\\|"))).isEqualTo(service.resources());
            found.add(service);
        }
        assertThat(found).containsExactly(Service.values());
    }

    @Test
    void the_one_document_of_all_services_is_where_the_front_door_has_it() throws IOException {
        assertThat(Files.readString(DIRECTORY.resolve("nginx.conf")))
                .contains("  location = /docs/openapi.json { proxy_pass http://campaign:8080; }\n");
    }

    /** Whoever follows the header has everything that the file takes from its caller, or knows what is missing without it. */
    @Test
    void every_variable_that_the_file_takes_is_named_in_its_header() throws IOException {
        String file = Files.readString(DIRECTORY.resolve("compose.yaml"));
        String header = file.substring(0, file.indexOf("\nname: "));

        assertThat(VARIABLE.matcher(file).results().map(each -> each.group(1)).distinct())
                .isNotEmpty()
                .allSatisfy(variable -> assertThat(header).containsPattern("\\b" + variable + "\\b"));
    }

    @Test
    void only_the_gateway_gets_the_key_of_the_credentials_and_no_port_but_the_ingress_is_open() {
        for (Service service : Service.values()) {
            assertThat(services.path(service.shortName()).path("environment").has("SIARAN_GATEWAY_CREDENTIAL_KEY"))
                    .as(service.module())
                    .isEqualTo(service == Service.GATEWAY);
        }
        assertThat(services.properties())
                .filteredOn(each -> each.getValue().has("ports"))
                .singleElement()
                .satisfies(ingress ->
                        assertThat(ingress.getValue().at("/ports/0").asText()).startsWith("127.0.0.1:"));
    }

    @Test
    void each_service_finds_its_database() throws IOException {
        String databases = Files.readString(DIRECTORY.resolve("databases.sql"));
        assertThat(databases.lines())
                .containsExactlyElementsOf(
                        Stream.concat(Arrays.stream(Service.values()).map(Service::shortName), Stream.of("bridge"))
                                .map(name -> "CREATE DATABASE " + name + ";")
                                .toList());
        assertThat(Files.readString(DIRECTORY.resolve("compose.yaml")))
                .contains("x-environment: &environment\n  SIARAN_POSTGRES: postgresql:5432\n");
        for (Service service : Service.values()) {
            Datasources datasources = Datasources.of(service);
            assertThat(datasources.addresses())
                    .as(service.module())
                    .allSatisfy(address -> assertThat(datasources.properties().getProperty(address))
                            .endsWith("postgresql://${siaran.postgres:localhost:5432}/" + service.shortName()));
            assertThat(services.path(service.shortName()).path("environment").has("<<"))
                    .as("the environment of all")
                    .isTrue();
        }
    }

    @Test
    void files_of_leads_come_in_as_large_as_campaign_service_takes_them_and_nothing_else_does() throws IOException {
        String nginx = Files.readString(DIRECTORY.resolve("nginx.conf"));
        String largest = Datasources.of(Service.CAMPAIGN).properties().getProperty("quarkus.http.limits.max-body-size");

        assertThat(nginx.substring(nginx.indexOf("location = /api/v1/leads/import {"), nginx.indexOf("location ~")))
                .contains(
                        "client_max_body_size " + largest.toLowerCase(Locale.ROOT) + ";",
                        "proxy_request_buffering off;")
                .contains("proxy_pass http://campaign:8080;");
        assertThat(nginx.lines().filter(line -> line.contains("client_max_body_size")))
                .hasSize(2)
                .first()
                .isEqualTo("  client_max_body_size 1m;");
    }

    @Test
    void the_bridge_is_there_for_whoever_asks_for_it_and_the_gateway_knows_it_then() {
        JsonNode bridge = services.path("bridge");
        JsonNode settings = bridge.path("environment");
        JsonNode gateway = services.path("gateway").path("environment");

        assertThat(bridge.at("/profiles/0").asText()).isEqualTo("bridge");
        assertThat(bridge.path("image").asText()).startsWith("siaran/whatsapp-bridge:");
        assertThat(gateway.path("SIARAN_GATEWAY_BRIDGE_URL").asText())
                .isEqualTo("${SIARAN_BRIDGE_TOKEN:+http://bridge:"
                        + settings.path("BRIDGE_PORT").asText() + "}");
        assertThat(gateway.path("SIARAN_GATEWAY_BRIDGE_TOKEN").asText())
                .isEqualTo(settings.path("BRIDGE_TOKEN").asText());
        assertThat(settings.path("BRIDGE_DATABASE_URL").asText()).endsWith("@postgresql:5432/bridge");
        assertThat(settings.path("BRIDGE_WEBHOOK_URL").asText()).isEqualTo("http://gateway:8080/api/v1/callbacks");
    }
}
