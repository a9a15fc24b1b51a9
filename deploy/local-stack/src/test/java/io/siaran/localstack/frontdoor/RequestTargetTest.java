package io.siaran.localstack.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siaran.localstack.frontdoor.RequestTarget.Unreadable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs/campaign/../../q/metrics",
                "/docs/campaign/%2e%2e/%2E%2e/q/metrics",
                "/docs/campaign/.%2e/q/metrics",
                "/docs/campaign/./q",
                "/docs/campaign/..",
                "/docs/..%2fq/metrics",
                "/docs/%2Fq",
                "/docs/campaign/..;/..;/q/metrics",
                "/api/v1/leads;a=b",
                "/docs\\campaign",
                "/docs/%5c..%5cq",
                "//q/metrics",
                "/api/v1//leads",
                "/api/v1/leads/x%0d%0aSet-Cookie:%20a=b",
                "/api/v1/leads/%00",
                "/api/v1/leads/%zz",
                "/api/v1/leads/100%",
                "/api/v1/leads/a b",
                "/api/v1/leads/Café",
                "/api/v1/leads#top",
                "http://127.0.0.1:8081/docs/../q/metrics",
                "127.0.0.1:8081",
                "*",
                ""
            })
    void what_could_be_read_as_another_path_is_refused(String line) {
        assertThatThrownBy(() -> RequestTarget.read(line))
                .isInstanceOfSatisfying(
                        Unreadable.class, each -> assertThat(each.part()).isEqualTo("path"));
    }

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/api/v1/leads?q=a%20b&limit=5, /api/v1/leads?q=a%20b&limit=5",
        "/api/v1/leads?q=../%2e%2e//;, /api/v1/leads?q=../%2e%2e//;",
        "/api/v1/leads/a.b..c, /api/v1/leads/a.b..c",
        "/docs/campaign/..., /docs/campaign/...",
        "http://127.0.0.1:8080/api/v1/leads?limit=5, /api/v1/leads?limit=5",
    })
    void a_plain_path_passes_as_it_is(String line, String passedOn) throws Unreadable {
        assertThat(RequestTarget.read(line).uri()).isEqualTo(passedOn);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/leads?q=Café",
                "/api/v1/leads?q=a b",
                "/api/v1/leads?q=\u0001",
                "/api/v1/leads?q=%zz",
                "/api/v1/leads?100%",
                "/api/v1/leads?q=%4"
            })
    void a_query_is_visible_ascii_and_can_be_decoded(String line) {
        assertThatThrownBy(() -> RequestTarget.read(line))
                .isInstanceOfSatisfying(
                        Unreadable.class, each -> assertThat(each.part()).isEqualTo("query"));
    }
}
