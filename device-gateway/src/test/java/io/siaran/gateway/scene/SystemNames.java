package io.siaran.gateway.scene;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/**
 * How this JVM looks names up: as always, but one below {@link NameServer#SILENT} holds whatever asks for it in native code for 10 s,
 * as a resolver of the system does whose name server is silent.
 */
public final class SystemNames extends InetAddressResolverProvider {

    private static final int MILLIS = 10_000;

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver system = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                if (host.endsWith(NameServer.SILENT)) {
                    hold();
                    throw new UnknownHostException(host);
                }
                return system.lookupByName(host, policy);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return system.lookupByAddress(address);
            }
        };
    }

    @Override
    public String name() {
        return "names of the tests";
    }

    /** By poll(2) of nothing: a virtual thread does not leave its carrier there. */
    @SuppressWarnings("restricted")
    private static void hold() {
        Linker linker = Linker.nativeLinker();
        MethodHandle poll = linker.downcallHandle(
                linker.defaultLookup().find("poll").orElseThrow(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
        try {
            int _ = (int) poll.invokeExact(MemorySegment.NULL, 0L, MILLIS);
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }
}
