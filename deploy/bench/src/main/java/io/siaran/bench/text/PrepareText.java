package io.siaran.bench.text;

import io.siaran.gateway.antispam.AntiSpam;
import io.siaran.gateway.antispam.Draft;
import io.siaran.gateway.antispam.Voice;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.MessageId;
import io.siaran.model.template.Template;
import io.siaran.model.template.Variables;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One text of some 270 letters with a link, a price, variables and choices, for one message after the other. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class PrepareText {

    static final String TEXT = """
            {Jangan lepaskan|Rebut} peluang {keemasan|istimewa {hari|minggu} ini}, {{first_name|kawan}}! Semua barangan \
            {{niche}} kami kini ditawarkan pada harga RM50.90 sahaja untuk pelanggan setia seperti anda.

            Lihat katalog penuh di https://kedai.siaran.my/promosi?kod=raya dan {pesan|tempah} sekarang sebelum stok habis, \
            ya. Terima kasih kerana menyokong perniagaan tempatan.
            Balas STOP untuk berhenti.""";

    private static final Instant MORNING = Instant.parse("2026-11-27T01:30:00Z");
    private static final int LONGEST = 1_024;

    private final SplittableRandom random = new SplittableRandom(1);
    private final Variables reader = new Variables("Nur Aina binti Ali", "60123456789", "ecommerce");
    private final Voice full = voice(AntiSpamProfile.FULL);
    private final Voice off = voice(AntiSpamProfile.OFF);
    private byte[] received;

    @Setup
    public void receive() {
        received = TEXT.getBytes(StandardCharsets.UTF_8);
    }

    /** As the lane does it: the text is a new string out of each record, so that not even its hash is known. */
    @Benchmark
    public String prepare() {
        return AntiSpam.prepare(draft(), full, MORNING);
    }

    /** Variables and choices only. */
    @Benchmark
    public String prepareOff() {
        return AntiSpam.prepare(draft(), off, MORNING);
    }

    /** What a lane pays for a text that it does not remember. */
    @Benchmark
    public Template parse() {
        return Template.parse(TEXT);
    }

    private Draft draft() {
        return new Draft(MessageId.random(MORNING, random), new String(received, StandardCharsets.UTF_8), reader);
    }

    private static Voice voice(AntiSpamProfile profile) {
        return new Voice(profile, ZoneId.of("Asia/Kuala_Lumpur"), List.of(), LONGEST);
    }
}
