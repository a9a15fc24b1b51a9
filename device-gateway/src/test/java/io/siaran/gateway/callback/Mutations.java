package io.siaran.gateway.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** What somebody who means harm, or a broken platform, makes of a callback. */
final class Mutations {

    /** What stands for any value: types that nobody expects, numbers beyond every range, texts that no database takes. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "1e999",
            "123456789012345678901234567890",
            "[]",
            "{}",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"60121111111@g.us\"",
            "\"' OR 1=1 --\"",
            "\"${jndi:ldap://x}\"",
            "\"999999999999@lid\"",
            "[[[[[[[[]]]]]]]]",
            "\"-999999999-01-01T00:00:00Z\"",
            "99999999999999",
            "\"\\u202e\\ufeff😀\"",
            "0.1",
            "{\"a\":{\"b\":[1,{}]}}");

    private static final String ANY_VALUE = "(\"[^\"]*\"|-?[0-9.]+|true|false|null)(?=\\s*[,}\\]])";

    private final RandomGenerator random;

    Mutations(RandomGenerator random) {
        this.random = random;
    }

    byte[] of(String body) {
        return switch (random.nextInt(8)) {
            case 0 -> flipped(body.getBytes(UTF_8));
            case 1 -> cut(body.getBytes(UTF_8));
            case 2 -> noise();
            case 3 -> ("[".repeat(random.nextInt(2_000)) + body).getBytes(UTF_8);
            case 4 -> twice(body).getBytes(UTF_8);
            case 5 ->
                body.replaceAll("\"([a-zA-Z_]+)\":", "\"$1" + "x".repeat(random.nextInt(3)) + "\":")
                        .getBytes(UTF_8);
            default -> otherValue(body).getBytes(UTF_8);
        };
    }

    private byte[] flipped(byte[] body) {
        for (int i = 0; i <= random.nextInt(6); i++) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return body;
    }

    private byte[] cut(byte[] body) {
        return Arrays.copyOf(body, random.nextInt(body.length));
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(400)];
        random.nextBytes(noise);
        return noise;
    }

    private String twice(String body) {
        return random.nextBoolean()
                ? body + body
                : body.replaceFirst("\\{", "{" + body.substring(1, body.length() - 1) + ",");
    }

    private String otherValue(String body) {
        int which = random.nextInt(12);
        String value = VALUES.get(random.nextInt(VALUES.size()));
        int[] seen = new int[1];
        return java.util.regex.Pattern.compile(ANY_VALUE)
                .matcher(body)
                .replaceAll(
                        found -> java.util.regex.Matcher.quoteReplacement(seen[0]++ == which ? value : found.group()));
    }
}
