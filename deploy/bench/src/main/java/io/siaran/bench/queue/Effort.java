package io.siaran.bench.queue;

/** Processor time, in seconds. */
record Effort(double service, double postgres) {

    Effort since(Effort before) {
        return new Effort(service - before.service, postgres - before.postgres);
    }

    /** In microseconds. */
    double each(long messages) {
        return (service + postgres) / messages * 1e6;
    }

    String split(long messages) {
        return "service %,.0f + PostgreSQL %,.0f µs".formatted(service / messages * 1e6, postgres / messages * 1e6);
    }
}
