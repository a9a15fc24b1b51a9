package io.siaran.localstack.metrics;

import io.quarkus.test.common.http.TestHTTPResourceManager;
import io.quarkus.test.junit.callback.QuarkusTestAfterAllCallback;
import io.quarkus.test.junit.callback.QuarkusTestAfterConstructCallback;
import io.quarkus.test.junit.callback.QuarkusTestContext;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every series of ours is there from the start: the first event of one that begins with it is no increase, and no alert sees it.
 * What a service tells right after its start is kept, and whatever its tests make it do, no series of ours comes to it, and none
 * of a device, a person or a host: after each test class of every service it is asked again. Quarkus finds this by its service
 * files.
 */
public class FromTheStart implements QuarkusTestAfterConstructCallback, QuarkusTestAfterAllCallback {

    private static final String OURS = "siaran_";

    /** Of the application that runs now: each has a class loader of its own, and this class in it. */
    private static volatile Scrape first;

    @Override
    public void afterConstruct(Object test) {
        if (first == null && isService()) {
            first = now();
        }
    }

    @Override
    public void afterAll(QuarkusTestContext test) {
        if (first == null) {
            return;
        }
        Scrape last = now();
        Set<String> late = new TreeSet<>(ours(last));
        late.removeAll(ours(first));
        // One class tells of it, not every one after it.
        first = last;
        refuse(late, "series that came into being with their first event, and no alert sees that one");
        refuse(last.unbounded(), "series with a label that nothing bounds");
        if (last.series().size() > Scrape.MOST) {
            throw new AssertionError(last.series().size() + " series, and no service has more than " + Scrape.MOST);
        }
    }

    private static void refuse(Collection<String> series, String why) {
        if (!series.isEmpty()) {
            throw new AssertionError(why + ": " + String.join(", ", series));
        }
    }

    private static Set<String> ours(Scrape scrape) {
        Set<String> ours = new TreeSet<>();
        scrape.told().stream()
                .filter(series -> series.name().startsWith(OURS) && !Scrape.namesUsers(series.name()))
                .forEach(series -> ours.add(series.name() + series.labels()));
        return ours;
    }

    /** What alert rules, panels and pages ask of the service under test and its first scrape did not answer. */
    public static List<String> gaps() {
        Path module = Path.of("").toAbsolutePath();
        return gaps(
                AskedMetric.in(module.getParent()),
                MetricNames.of(
                        module.getParent(),
                        module.getFileName().toString(),
                        "common-kafka",
                        "common-rest",
                        "common-sql"),
                first);
    }

    static List<String> gaps(List<AskedMetric> asked, MetricNames ofTheService, Scrape scrape) {
        List<String> gaps = new ArrayList<>();
        asked.stream()
                .filter(each -> ofTheService.make(each.name()) && !Scrape.namesUsers(each.name()))
                .forEach(each -> gaps.addAll(scrape.gaps(each)));
        scrape.told().stream()
                .filter(series -> series.name().startsWith(OURS) && !scrape.explains(series.name()))
                .forEach(series -> gaps.add(series.name() + " has no help text"));
        return gaps.stream().distinct().toList();
    }

    /** The libraries have tests of their own, and nothing that is scraped. */
    private static boolean isService() {
        return Files.isRegularFile(Path.of("src/main/resources/application.properties"));
    }

    private static Scrape now() {
        return Scrape.of(URI.create(TestHTTPResourceManager.getManagementUri() + "/metrics"));
    }
}
