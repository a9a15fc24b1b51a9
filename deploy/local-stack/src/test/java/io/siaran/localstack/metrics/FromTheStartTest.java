package io.siaran.localstack.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FromTheStartTest {

    private static final MetricNames MADE =
            new MetricNames(Set.of("siaran_calls", "siaran_replies", "siaran_call_duration"));
    private static final String TOLD = """
            # HELP siaran_calls_total Calls of a platform, by how they ended
            # TYPE siaran_calls_total counter
            siaran_calls_total{outcome="accepted",platform="wablas",} 0.0
            siaran_calls_total{outcome="failed",platform="wablas",} 0.0
            # HELP siaran_call_duration_seconds How long a call takes
            # TYPE siaran_call_duration_seconds histogram
            siaran_call_duration_seconds_bucket{le="5.0",} 0.0
            siaran_call_duration_seconds_count 0.0
            """;

    @Test
    void what_is_there_with_its_labels_leaves_no_gap() {
        assertThat(gaps("""
                        expr: sum by (platform, service) (rate(siaran_calls_total{outcome=~"accepted|failed"}[5m]))
                        expr: rate(siaran_call_duration_seconds_bucket{le="5.0", service="gateway"}[5m])
                        `siaran_call_duration_seconds`, `siaran_calls_total{platform,outcome}`, all of siaran_replies_*
                        """, TOLD)).isEmpty();
    }

    @Test
    void what_another_service_makes_is_not_asked_of_this_one() {
        assertThat(gaps("siaran_queue_depth", TOLD)).isEmpty();
        assertThat(gaps("siaran_replies_hidden", TOLD)).isEmpty();
    }

    @Test
    void a_metric_a_value_and_a_label_that_are_not_there_are_named() {
        assertThat(gaps("siaran_replies_total", TOLD)).containsExactly("siaran_replies_total of docs is not there");
        assertThat(gaps("siaran_calls_total{outcome=~\"failed|unknown\"}", TOLD))
                .containsExactly("siaran_calls_total{outcome=\"unknown\"} of docs is not there");
        assertThat(gaps("sum by (cause) (increase(siaran_calls_total[1h]))", TOLD))
                .containsExactly("siaran_calls_total of docs has no label cause");
        assertThat(gaps("siaran_call_duration_seconds_bucket{le=\"7.0\"}", TOLD))
                .containsExactly("siaran_call_duration_seconds_bucket{le=\"7.0\"} of docs is not there");
    }

    @Test
    void a_series_that_nothing_explains_is_named() {
        assertThat(gaps("", "# HELP siaran_lookups_total  \nsiaran_lookups_total 0.0\nsiaran_more 1.0\njvm_gc 1.0\n"))
                .containsExactly("siaran_lookups_total has no help text", "siaran_more has no help text");
    }

    private static List<String> gaps(String asked, String told) {
        return FromTheStart.gaps(AskedMetric.of("docs", asked).toList(), MADE, Scrape.read(told));
    }
}
