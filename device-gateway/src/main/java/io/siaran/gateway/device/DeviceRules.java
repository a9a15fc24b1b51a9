package io.siaran.gateway.device;

import io.siaran.gateway.rules.Holidays;
import io.siaran.gateway.rules.QuietHours;
import io.siaran.gateway.rules.Rate;
import io.siaran.gateway.rules.SendingRules;
import io.siaran.gateway.rules.SendingRules.Caps;
import io.siaran.gateway.rules.UserRules;
import io.siaran.gateway.rules.WarmUp;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Lays the rules of the installation, of a user and of a device over each other. */
@ApplicationScoped
public class DeviceRules {

    private final RulesConfig config;
    private final WarmUp warmUp;
    private final Holidays holidays;

    DeviceRules(RulesConfig config) {
        this.config = config;
        this.warmUp = new WarmUp(config.warmUp());
        this.holidays =
                Holidays.read(config.holidaysFile().map(DeviceRules::lines).orElseGet(DeviceRules::ownLines));
    }

    /** @param row of the device, joined to its user's rules */
    public SendingRules of(Row row, String user, UserRules ofUser) {
        ZoneId zone = ZoneId.of(row.getString("time_zone"));
        List<QuietHours> quiet = quiet(ofUser, JsonColumns.quietHours(row.getString("quiet_hours")));
        Caps caps = new Caps(
                row.getInteger("hourly_cap"),
                row.getInteger("daily_cap"),
                row.getInteger("cold_daily_cap"),
                row.getInteger("first_contact_cap"),
                row.getBoolean("warm_up") ? warmUp : WarmUp.NONE);
        Instant first = row.getOffsetDateTime("first_registered").toInstant();
        return new SendingRules(zone, quiet, ofUser.holidays(holidays), caps, first, rates(user, ofUser));
    }

    /** All hours that are quiet for a device of this user which has some of its own. */
    public List<QuietHours> quiet(UserRules ofUser, List<QuietHours> ofDevice) {
        return ofUser.quiet(ofDevice, config.fridayPrayerFrom(), config.fridayPrayerUntil());
    }

    private List<Rate> rates(String user, UserRules ofUser) {
        List<Rate> rates = new ArrayList<>();
        ofUser.rate(user).ifPresent(rates::add);
        config.fleetRatePerMinute().ifPresent(perMinute -> rates.add(new Rate("fleet", perMinute)));
        return rates;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("siaran.gateway.rules.holidays-file", unreadable);
        }
    }

    private static List<String> ownLines() {
        try (InputStream file = Holidays.class.getResourceAsStream("holidays-my.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("holidays-my.txt", unreadable);
        }
    }
}
