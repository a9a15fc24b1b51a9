package io.siaran.localstack;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a token allows; each role includes those before it. */
public enum Role {
    VIEWER,
    OPERATOR,
    ADMIN;

    /** The role of that name in any case. */
    public static Role named(String name) {
        return Arrays.stream(values())
                .filter(role -> role.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no role " + name + "; there are " + ADMIN.groups()));
    }

    /** The {@code groups} of a token: this role and every lesser one. */
    List<String> groups() {
        return Arrays.stream(values())
                .filter(role -> role.compareTo(this) <= 0)
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
