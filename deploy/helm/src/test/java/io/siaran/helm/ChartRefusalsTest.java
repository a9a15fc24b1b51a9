package io.siaran.helm;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that cannot work are refused when they are rendered, with the name of the value, and not by pods that never start. */
class ChartRefusalsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresq1.host=x",
                "profile=huge",
                "services.gateway.replica=3",
                "services.dispatch.autoscaling.type=often",
                "services.dispatch.settings.release=1",
                "services.gateway.memory=plenty",
                "postgresql.port=99999",
                "kafka.securityProtocol=SASL",
                "kafka.settings.acks=0",
                "kafka.settings.security\\.protocol=SSL",
                "kafka.settings.sasl\\.jaas\\.config=secret",
                "image.digests.gateway=latest",
                "monitoring.interval=soon",
                "auth.jwksUrl=id.example.com",
                "ingress.host=Siaran!",
            })
    void a_mistake_is_refused(String wrong) {
        String[] nameAndValue = wrong.split("=", 2);

        assertThatThrownBy(() -> render(Map.of(nameAndValue[0], nameAndValue[1])))
                .hasMessageContaining("values don't meet the specifications of the schema");
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql.host, where is PostgreSQL?",
        "kafka.bootstrapServers, where is Kafka?",
        "auth.jwksUrl, auth.publicKeySecret.name",
    })
    void what_is_missing_is_named(String value, String message) {
        Map<String, String> values = new HashMap<>(Chart.LEAST);
        values.remove(value);

        assertThatThrownBy(() -> Chart.render(values)).hasMessageContaining(message);
    }

    @Test
    void sasl_without_its_mechanism_or_its_secret_is_refused() {
        assertThatThrownBy(() -> render(Map.of("kafka.securityProtocol", "SASL_SSL")))
                .hasMessageContaining("kafka.saslMechanism");
        assertThatThrownBy(() ->
                        render(Map.of("kafka.securityProtocol", "SASL_SSL", "kafka.saslMechanism", "SCRAM-SHA-512")))
                .hasMessageContaining("kafka.jaasSecret.name");
    }

    @Test
    void the_kafka_of_this_chart_has_neither_a_login_nor_a_certificate() {
        assertThatThrownBy(() -> render(Map.of("kafka.mode", "strimzi", "kafka.securityProtocol", "SSL")))
                .hasMessageContaining("kafka.securityProtocol");
    }

    @Test
    void who_scales_by_the_lag_of_a_kafka_with_logins_has_one() {
        Map<String, String> values = Map.of(
                "kafka.securityProtocol", "SASL_SSL",
                "kafka.saslMechanism", "SCRAM-SHA-512",
                "kafka.jaasSecret.name", "login",
                "services.dispatch.autoscaling.type", "lag");

        assertThatThrownBy(() -> render(values)).hasMessageContaining("kafka.kedaAuthentication");
    }

    @Test
    void who_scales_by_the_lag_of_a_kafka_with_a_ca_of_its_own_tells_keda_of_it() {
        Map<String, String> values = Map.of(
                "kafka.securityProtocol", "SSL",
                "services.dispatch.autoscaling.type", "lag");
        Map<String, String> withItsCa = new HashMap<>(values);
        withItsCa.put("kafka.caSecret.name", "kafka-ca");
        Map<String, String> told = new HashMap<>(withItsCa);
        told.put("kafka.kedaAuthentication", "kafka");

        assertThatCode(() -> render(values)).doesNotThrowAnyException();
        assertThatCode(() -> render(told)).doesNotThrowAnyException();
        assertThatThrownBy(() -> render(withItsCa)).hasMessageContaining("kafka.kedaAuthentication");
    }

    @ParameterizedTest
    @ValueSource(strings = {"type", "location"})
    void whom_the_clients_of_kafka_believe_is_said_once(String setting) {
        Map<String, String> values = Map.of("kafka.settings.ssl\\.truststore\\." + setting, "x");
        Map<String, String> twice = new HashMap<>(values);
        twice.put("kafka.caSecret.name", "kafka-ca");

        assertThatCode(() -> render(values)).doesNotThrowAnyException();
        assertThatThrownBy(() -> render(twice)).hasMessageContaining("kafka.settings.ssl.truststore." + setting);
    }

    private static Rendered render(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Chart.LEAST);
        values.putAll(more);
        return new Rendered(Chart.render(values));
    }
}
