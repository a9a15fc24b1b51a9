package io.siaran.localstack.contract;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/** What the service under test logs from now on, line by line as its console shows it, until this is closed. */
public final class RequestLog extends Handler implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final PatternFormatter format;

    private RequestLog(PatternFormatter format) {
        this.format = format;
    }

    /** @param format the service's own, {@code quarkus.log.console.format} */
    public static RequestLog open(String format) {
        var log = new RequestLog(new PatternFormatter(format));
        Logger.getLogger("").addHandler(log);
        return log;
    }

    /** Those that say so. */
    public List<String> linesWith(String text) {
        return lines.stream().filter(line -> line.contains(text)).toList();
    }

    /** On the thread that logs: what stands beside a line belongs to that. */
    @Override
    public void publish(LogRecord line) {
        lines.add(format.format(ExtLogRecord.wrap(line)));
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
