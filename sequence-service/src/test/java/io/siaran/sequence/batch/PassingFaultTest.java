package io.siaran.sequence.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassingFaultTest {

    @ParameterizedTest
    @ValueSource(strings = {"08006", "40001", "40P01", "53300", "55P03", "57P01", "58030", ""})
    void a_refusal_of_the_moment_is_no_rows_fault(String sqlState) {
        assertThat(PassingFault.is(refusal(sqlState))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22P02", "23505", "57014", "P0001", "XX001"})
    void any_other_refusal_may_be_for_its_row(String sqlState) {
        assertThat(PassingFault.is(refusal(sqlState))).isFalse();
    }

    @Test
    void a_database_that_is_away_is_no_rows_fault() {
        assertThat(PassingFault.is(new CompletionException(new ConnectException("refused"))))
                .isTrue();
        assertThat(PassingFault.is(new TimeoutException())).isTrue();
        assertThat(PassingFault.is(ClosedConnectionException.INSTANCE)).isTrue();
    }

    @Test
    void what_our_own_code_throws_may_be_for_its_row() {
        assertThat(PassingFault.is(new IllegalStateException("cannot be"))).isFalse();
        assertThat(PassingFault.is(new IllegalArgumentException("no such zone")))
                .isFalse();
    }

    private static PgException refusal(String sqlState) {
        return new PgException("refused", "ERROR", sqlState, "");
    }
}
