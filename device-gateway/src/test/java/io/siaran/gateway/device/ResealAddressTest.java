package io.siaran.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ResealAddressTest {

    @Test
    void the_command_goes_to_the_whole_address_that_an_installation_names() {
        assertThat(ResealCredentials.address(Map.of(
                        "SIARAN_POSTGRES", "elsewhere:5432",
                        "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://db:6432/gateway_live?sslmode=verify-full")))
                .isEqualTo(
                        "jdbc:postgresql://db:6432/gateway_live?sslmode=verify-full&connectTimeout=10&socketTimeout=60");
    }

    @Test
    void where_only_the_server_is_named_the_database_is_the_usual_one() {
        assertThat(ResealCredentials.address(Map.of("SIARAN_POSTGRES", "db:5432")))
                .isEqualTo("jdbc:postgresql://db:5432/gateway?connectTimeout=10&socketTimeout=60");
    }
}
