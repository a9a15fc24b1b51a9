package io.siaran.gateway.device;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The installation's side of the rules of sending. */
@ConfigMapping(prefix = "siaran.gateway.rules")
interface RulesConfig {

    /** Messages a day of a device that warms up, by the age in days from which each holds; 0 ends the warm-up. */
    Map<Integer, Integer> warmUp();

    /** A file in the format of holidays-my.txt that is read instead of it. */
    Optional<Path> holidaysFile();

    /** When the Friday prayer begins for those who keep it: time to close the shop and go. */
    @WithDefault("12:15")
    LocalTime fridayPrayerFrom();

    /** When it is over, the latest state's time and the way back included. */
    @WithDefault("14:45")
    LocalTime fridayPrayerUntil();

    /** Messages a minute of all devices together; nothing is counted where it is not set. */
    OptionalInt fleetRatePerMinute();
}
