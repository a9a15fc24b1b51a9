package io.siaran.bench.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** What processes cost, as the system counts it. */
final class Usage {

    private Usage() {}

    /** Processor time of a process and everything it started, until now. */
    static Duration processor(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Memory of a process that is in RAM now, in MiB. */
    static long residentMiB(ProcessHandle process) throws IOException {
        return mebibytes(process, "VmRSS:");
    }

    /** The most that it ever was. */
    static long mostResidentMiB(ProcessHandle process) throws IOException {
        return mebibytes(process, "VmHWM:");
    }

    private static long mebibytes(ProcessHandle process, String field) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                        .filter(line -> line.startsWith(field))
                        .map(line -> line.replaceAll("\\D", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElseThrow()
                / 1_024;
    }
}
