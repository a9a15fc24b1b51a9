package io.siaran.rest;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Which addresses lie in a network of our own, where what a tenant typed must never lead us: everything that is not an
 * ordinary public address.
 */
public final class InternalAddresses {

    private InternalAddresses() {}

    /** Whether a host is internal as it is written, without asking for its name. */
    public static boolean isWritten(String host) {
        // A dot at its end says that the name is whole; a zone is one of a network of our own.
        String name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.+$", "");
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.endsWith(".internal")
                || name.contains("%")
                || isLiteral(() -> InetAddress.ofLiteral(name))
                // As a resolver of the system may read it: 0177.0.0.1, 0x7f000001.
                || isLiteral(() -> Inet4Address.ofPosixLiteral(name));
    }

    private static boolean isLiteral(Supplier<InetAddress> read) {
        try {
            return contain(read.get());
        } catch (IllegalArgumentException aName) {
            return false;
        }
    }

    /** Whether that address is internal. An IPv4 address within an IPv6 one is judged as itself. */
    public static boolean contain(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address ? isInternalV6(bytes) : isInternalV4(bytes[0] & 0xff, bytes[1] & 0xff);
    }

    /** This network, carriers' shared addresses, IETF assignments, test networks of routers, everything reserved. */
    private static boolean isInternalV4(int first, int second) {
        return first == 0
                || (first == 100 && (second & 0xc0) == 64)
                || (first == 192 && second == 0)
                || (first == 198 && (second == 18 || second == 19))
                || first >= 240;
    }

    /** Unique local addresses (fc00::/7), and the ways in which IPv4 travels in IPv6: compatible, NAT64, 6to4, Teredo. */
    private static boolean isInternalV6(byte[] bytes) {
        int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        int second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        return (first & 0xfe00) == 0xfc00
                || (first == 0 && second == 0)
                || (first == 0x64 && second == 0xff9b)
                || first == 0x2002
                || (first == 0x2001 && second == 0);
    }
}
