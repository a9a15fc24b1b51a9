package io.siaran.gateway.device;

import io.siaran.gateway.rules.QuietHours;
import io.siaran.model.Json;
import java.util.List;

/** The lists of a device and of a user's rules, as they stand in their columns. */
public final class JsonColumns {

    private JsonColumns() {}

    public static String column(List<?> list) {
        return Json.write(list);
    }

    public static List<QuietHours> quietHours(String column) {
        return List.of(Json.read(column, QuietHours[].class));
    }

    public static List<String> words(String column) {
        return List.of(Json.read(column, String[].class));
    }
}
