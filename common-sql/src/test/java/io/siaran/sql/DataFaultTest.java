package io.siaran.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgException;
import java.time.DateTimeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFaultTest {

    @ParameterizedTest
    @ValueSource(strings = {"21000", "22001", "22P02", "23505", "23514", "54000"})
    void a_refusal_of_the_data_comes_again(String sqlState) {
        assertThat(DataFault.is(refusal(sqlState))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "53300", "55P03", "57014", "57P01", "42P01", "2", ""})
    void a_refusal_of_the_moment_or_of_the_statement_may_be_over_at_the_next_attempt(String sqlState) {
        assertThat(DataFault.is(refusal(sqlState))).isFalse();
    }

    @Test
    void what_cannot_be_computed_is_a_fault_of_the_data() {
        assertThat(DataFault.is(new DateTimeException("year 1000000000"))).isTrue();
        assertThat(DataFault.is(new ArithmeticException("long overflow"))).isTrue();
        assertThat(DataFault.is(new IllegalArgumentException("no such zone"))).isTrue();
        assertThat(DataFault.is(new NullPointerException())).isTrue();
    }

    @Test
    void a_server_that_is_away_is_none() {
        assertThat(DataFault.is(new IllegalStateException("connection refused")))
                .isFalse();
        assertThat(DataFault.is(refusal(null))).isFalse();
    }

    private static PgException refusal(String sqlState) {
        return new PgException("refused", "ERROR", sqlState, "");
    }
}
