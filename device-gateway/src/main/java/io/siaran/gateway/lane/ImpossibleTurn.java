package io.siaran.gateway.lane;

/** A try that can never begin, however often it is tried: its own data is what stands in the way. */
final class ImpossibleTurn extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ImpossibleTurn(String why, RuntimeException cause) {
        super(why, cause);
    }
}
