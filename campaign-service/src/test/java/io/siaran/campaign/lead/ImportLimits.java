package io.siaran.campaign.lead;

import java.time.Duration;

/** The settings with some that a test reaches. */
final class ImportLimits implements ImportConfig {

    private final ImportConfig config;
    private int phones;
    private int lines;
    private int turn;
    private int kept;
    private int lost;

    ImportLimits(ImportConfig config) {
        this.config = config;
        this.phones = config.phones();
        this.lines = config.lines();
        this.turn = config.turn();
        this.kept = config.keptRejections();
        this.lost = config.lostLeases();
    }

    ImportLimits phones(int most) {
        phones = most;
        return this;
    }

    ImportLimits lines(int most) {
        lines = most;
        return this;
    }

    ImportLimits turn(int lines) {
        turn = lines;
        return this;
    }

    ImportLimits keptRejections(int most) {
        kept = most;
        return this;
    }

    ImportLimits lostLeases(int most) {
        lost = most;
        return this;
    }

    @Override
    public Duration pollInterval() {
        return config.pollInterval();
    }

    @Override
    public int phones() {
        return phones;
    }

    @Override
    public int lines() {
        return lines;
    }

    @Override
    public int turn() {
        return turn;
    }

    @Override
    public Uploads uploads() {
        return config.uploads();
    }

    @Override
    public int openPerUser() {
        return config.openPerUser();
    }

    @Override
    public int keptRejections() {
        return kept;
    }

    @Override
    public int lostLeases() {
        return lost;
    }
}
