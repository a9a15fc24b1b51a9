package io.siaran.gateway.antispam;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One way to greet, and the hours of the day when it fits.
 *
 * @param lastHour inclusive; below the first one it is an hour of the next day
 */
record Greeting(int firstHour, int lastHour, String words) {

    private static final List<Greeting> MALAY =
            DataFile.lines("greetings-ms.txt").stream().map(Greeting::read).toList();

    /** A greeting that fits the hour, drawn from all that do. */
    static String draw(int hour, ContactName name, RandomGenerator random) {
        List<Greeting> fitting =
                MALAY.stream().filter(greeting -> greeting.fits(hour)).toList();
        return fitting.get(random.nextInt(fitting.size())).words.replace("{name}", name.value());
    }

    private boolean fits(int hour) {
        return firstHour <= lastHour ? firstHour <= hour && hour <= lastHour : hour >= firstHour || hour <= lastHour;
    }

    private static Greeting read(String line) {
        String[] parts = line.split(" ", 2);
        String[] hours = parts[0].split("-", 2);
        return new Greeting(Integer.parseInt(hours[0]), Integer.parseInt(hours[1]), parts[1]);
    }
}
