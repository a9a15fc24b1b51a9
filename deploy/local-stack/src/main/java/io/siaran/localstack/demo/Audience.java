package io.siaran.localstack.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The leads of the demo: a fixed cast of names, each with a phone of its own. */
final class Audience {

    private static final List<String> NAMES =
            List.of("Ani", "Budi", "Citra", "Aina", "D'Cruz", "A. Rahman", "Mohd-Faiz", "Siti Aminah", "Wei Ling", "");

    private static final int SHOPPERS_PER_FAST_DEVICE = 50;
    private static final int SHOPPERS_OF_THE_SLOW_DEVICE = 10;
    private static final int CHALLENGERS = 40;

    private int phones = 0;

    /** Who buys: customers interested in ecommerce, each with one device. */
    List<Map<String, String>> shoppers(Fleet fleet) {
        List<Map<String, String>> leads = new ArrayList<>();
        for (Fleet.Device device : fleet.devices()) {
            int count = device.slow() ? SHOPPERS_OF_THE_SLOW_DEVICE : SHOPPERS_PER_FAST_DEVICE;
            for (int i = 0; i < count; i++) {
                leads.add(lead(device, "ecommerce", "customer", ""));
            }
        }
        return leads;
    }

    /** Who starts the challenge: prospects that carry its trigger, spread over the fast devices. */
    List<Map<String, String>> challengers(Fleet fleet) {
        List<Fleet.Device> fast =
                fleet.devices().stream().filter(device -> !device.slow()).toList();
        List<Map<String, String>> leads = new ArrayList<>();
        for (int i = 0; i < CHALLENGERS; i++) {
            leads.add(lead(fast.get(i % fast.size()), "fitness", "prospect", "fitness_start"));
        }
        return leads;
    }

    private Map<String, String> lead(Fleet.Device device, String niche, String status, String trigger) {
        int number = phones++;
        return Map.of(
                "device_id",
                device.id(),
                "name",
                NAMES.get(number % NAMES.size()),
                "phone",
                "60123%06d".formatted(number),
                "niche",
                niche,
                "target_status",
                status,
                "trigger",
                trigger);
    }
}
