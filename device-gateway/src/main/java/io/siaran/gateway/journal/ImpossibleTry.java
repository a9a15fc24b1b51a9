package io.siaran.gateway.journal;

/** A try that can never begin: its own data is refused, and would be refused again. */
public final class ImpossibleTry extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ImpossibleTry(String why, RuntimeException cause) {
        super(why, cause);
    }
}
