package io.siaran.localstack.launcher;

/** Why a stack does not start, in words for whoever asked for it. */
public final class StackRefused extends RuntimeException {

    StackRefused(String message) {
        super(message);
    }
}
