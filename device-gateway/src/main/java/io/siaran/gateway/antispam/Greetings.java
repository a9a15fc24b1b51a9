package io.siaran.gateway.antispam;

import io.siaran.model.template.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Ways to greet through the day. */
final class Greetings {

    /** By the language that stands for them in a device's own list. A further one is a data file and a line here. */
    private static final Map<String, List<Greeting>> STANDARD =
            Map.of("ms", read("greetings-ms.txt"), "en", read("greetings-en.txt"));

    private static final List<Greeting> MALAY = STANDARD.get("ms");
    private static final int HOURS = 24;
    /** So many devices' own lists; beyond it all are forgotten and read again. */
    private static final int MOST = 4_000;

    private static final Map<List<String>, Greetings> READ = new ConcurrentHashMap<>();

    private final List<List<Greeting>> byHour;

    private Greetings(List<Greeting> all) {
        this.byHour = IntStream.range(0, HOURS).mapToObj(hour -> at(hour, all)).toList();
    }

    /**
     * A device's greetings. Each is words, with variables and choices as in a message, for the whole day or for the hours
     * before them ({@code 05-11 Selamat pagi {{name}},}), or a language ({@code ms}, {@code en}) for its standard set.
     *
     * @param own empty: the Malay set, which also fills hours that none of the own ones fits
     */
    static Greetings of(List<String> own) {
        Greetings known = READ.get(own);
        if (known != null) {
            return known;
        }
        if (READ.size() >= MOST) {
            READ.clear();
        }
        Greetings greetings = new Greetings(own.isEmpty() ? MALAY : read(own));
        READ.put(own, greetings);
        return greetings;
    }

    /** One that fits the hour, drawn from all that do. */
    String draw(int hour, Variables reader, RandomGenerator random) {
        List<Greeting> fitting = byHour.get(hour);
        return fitting.get(random.nextInt(fitting.size()))
                .words()
                .render(reader, random)
                .text();
    }

    /** Of the longest, with the longest values, in characters. */
    int longest() {
        return byHour.stream()
                .flatMap(List::stream)
                .mapToInt(greeting -> greeting.words().longest())
                .max()
                .orElseThrow();
    }

    private static List<Greeting> at(int hour, List<Greeting> all) {
        List<Greeting> fitting =
                all.stream().filter(greeting -> greeting.fits(hour)).toList();
        return fitting.isEmpty() && all != MALAY ? at(hour, MALAY) : fitting;
    }

    private static List<Greeting> read(List<String> own) {
        List<Greeting> greetings = new ArrayList<>();
        for (String line : own) {
            greetings.addAll(STANDARD.getOrDefault(line.strip(), List.of(Greeting.read(line))));
        }
        return greetings;
    }

    private static List<Greeting> read(String file) {
        return DataFile.lines(file).stream().map(Greeting::read).toList();
    }
}
