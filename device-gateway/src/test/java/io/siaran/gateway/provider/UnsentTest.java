package io.siaran.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpClosedException;
import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnsentTest {

    static Stream<Throwable> beforeTheRequest() {
        return Stream.of(
                new ConnectException("refused"),
                new UnknownHostException("nowhere"),
                new SSLHandshakeException("who are you"),
                new ProcessingException(new RuntimeException(new ConnectException("refused"))));
    }

    static Stream<Throwable> perhapsAfterIt() {
        return Stream.of(
                new TimeoutException(),
                new SocketTimeoutException(),
                new IOException("reset"),
                new SSLException("closed"),
                new HttpClosedException("closed"),
                new ProcessingException(new IOException("reset")));
    }

    @ParameterizedTest
    @MethodSource("beforeTheRequest")
    void what_comes_before_the_request_proves_that_nothing_was_sent(Throwable failure) {
        assertThat(Unsent.proof(failure)).isPresent();
    }

    @ParameterizedTest
    @MethodSource("perhapsAfterIt")
    void what_may_come_after_it_proves_nothing(Throwable failure) {
        assertThat(Unsent.proof(failure)).isEmpty();
    }
}
