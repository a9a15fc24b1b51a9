package io.siaran.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

/** A client logs in when it is made, so one that was given a wrong way to do it cannot be made: no broker is needed. */
class KafkaSettingsTest {

    private static final Map<String, Object> SASL = Map.of(
            "bootstrap.servers",
            "localhost:1",
            "security.protocol",
            "SASL_SSL",
            "sasl.mechanism",
            "SCRAM-SHA-512",
            "group.id",
            "orders",
            "ssl.truststore.type",
            "PEM",
            "acks",
            "0",
            "value.serializer",
            "nonsense");

    @Test
    void the_way_of_the_installation_to_log_in_is_that_of_every_client() {
        KafkaSettings withoutPassword = new KafkaSettings(SASL, "test");

        assertThatThrownBy(withoutPassword::producer).isInstanceOf(KafkaException.class);
        assertThatThrownBy(() -> withoutPassword.transactionalProducer("one")).isInstanceOf(KafkaException.class);
        assertThatThrownBy(withoutPassword::looker).isInstanceOf(KafkaException.class);
        assertThatThrownBy(withoutPassword::admin).isInstanceOf(KafkaException.class);
    }

    @Test
    void with_its_password_each_is_made_and_what_keeps_the_promises_stays() {
        Map<String, Object> whole = new java.util.HashMap<>(SASL);
        whole.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"u\" password=\"p\";");
        KafkaSettings settings = new KafkaSettings(whole, "test");

        // acks=0 beside idempotence would be refused by the producer itself: it is ours that counts.
        assertThatCode(() -> {
                    settings.producer().close();
                    settings.transactionalProducer("one").close();
                    settings.looker().close();
                    settings.admin().close();
                })
                .doesNotThrowAnyException();
    }

    @Test
    void the_commands_for_operators_read_the_environment_as_the_services_do() {
        Map<String, Object> settings = ClientSettings.of(
                Map.of("KAFKA_SASL_MECHANISM", "PLAIN", "KAFKA_SECURITY_PROTOCOL", "SASL_SSL", "PATH", "/bin"),
                "kafka:9093");

        assertThat(settings)
                .containsOnly(
                        Map.entry("sasl.mechanism", "PLAIN"),
                        Map.entry("security.protocol", "SASL_SSL"),
                        Map.entry("bootstrap.servers", "kafka:9093"));
    }
}
