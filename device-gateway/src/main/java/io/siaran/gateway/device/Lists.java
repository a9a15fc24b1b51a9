package io.siaran.gateway.device;

import io.siaran.gateway.rules.QuietHours;
import io.siaran.model.Json;
import java.util.List;

/** The lists of a device and of a user's rules, as they stand in their columns. */
final class Lists {

    private Lists() {}

    static String column(List<?> list) {
        return Json.write(list);
    }

    static List<QuietHours> quietHours(String column) {
        return List.of(Json.read(column, QuietHours[].class));
    }

    static List<String> words(String column) {
        return List.of(Json.read(column, String[].class));
    }
}
