package io.siaran.docs;

import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Quotes also what only readers of YAML 1.1 would take for something else than a text: {@code 10:00}, a date. */
final class QuotedForAllReaders extends StringQuotingChecker.Default {

    private static final long serialVersionUID = 1L;

    /** Of YAML 1.1. */
    private static final Resolver RESOLVER = new Resolver();

    @Override
    public boolean needToQuoteValue(String value) {
        return super.needToQuoteValue(value)
                || !RESOLVER.resolve(NodeId.scalar, value, true).equals(Tag.STR);
    }

    @Override
    public boolean needToQuoteName(String name) {
        return super.needToQuoteName(name)
                || !RESOLVER.resolve(NodeId.scalar, name, true).equals(Tag.STR);
    }
}
