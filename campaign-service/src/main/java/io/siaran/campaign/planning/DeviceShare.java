package io.siaran.campaign.planning;

import io.siaran.model.DelayRange;
import io.siaran.model.DeviceId;
import io.siaran.model.Json;
import io.siaran.model.QuietTime;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * What falls to one device.
 *
 * @param name null, and the status, of one that is not known
 * @param queued what waits on it and goes first
 */
record DeviceShare(DeviceId device, String name, String status, long leads, long queued, Forecast forecast) {

    /** The campaign's pace, else the device's, else the one of whoever has none. */
    static DeviceShare of(CampaignTerms terms, DeviceId device, long leads, long queued, Row row, Duration callTime) {
        if (row == null) {
            return new DeviceShare(
                    device,
                    null,
                    null,
                    leads,
                    queued,
                    forecast(terms, leads + queued, DelayRange.DEFAULT, 1, callTime, null, null, hours(terms)));
        }
        Forecast forecast = forecast(
                terms,
                leads + queued,
                own(row),
                row.getInteger("slow_factor"),
                callTime,
                row.getInteger("hourly_cap"),
                row.getInteger("daily_cap"),
                hours(terms, row));
        return new DeviceShare(device, row.getString("name"), row.getString("status"), leads, queued, forecast);
    }

    private static DelayRange own(Row row) {
        Integer min = row.getInteger("min_delay");
        Integer max = row.getInteger("max_delay");
        return min == null || max == null ? DelayRange.DEFAULT : new DelayRange(min, max);
    }

    private static Forecast forecast(
            CampaignTerms terms,
            long messages,
            DelayRange ofDevice,
            int slowFactor,
            Duration callTime,
            Integer hourlyCap,
            Integer dailyCap,
            OpenHours hours) {
        DelayRange named = terms.minDelaySeconds() == null
                ? ofDevice
                : new DelayRange(terms.minDelaySeconds(), terms.maxDelaySeconds());
        DelayRange pause = named.stretched(slowFactor);
        return new Forecast(messages, pause.minSeconds(), pause.maxSeconds(), callTime, hourlyCap, dailyCap, hours);
    }

    private static OpenHours hours(CampaignTerms terms) {
        return new OpenHours(SendHours.of(terms), List.of(), terms.timeZone());
    }

    private static OpenHours hours(CampaignTerms terms, Row row) {
        String zone = row.getString("time_zone");
        return new OpenHours(
                SendHours.of(terms),
                List.of(Json.read(row.getString("quiet_hours"), QuietTime[].class)),
                zone == null ? terms.timeZone() : ZoneId.of(zone));
    }

    /** How many of the leads, before whom goes what is queued. */
    long notSentUntil(Instant begin, Instant until) {
        return Math.clamp(leads + queued - forecast.capacity(begin, until), 0, leads);
    }

    CampaignPreview.OnDevice view(AudienceCount count, Instant ends) {
        return new CampaignPreview.OnDevice(device, name, status, leads, count.leftOut(device), queued, ends);
    }
}
