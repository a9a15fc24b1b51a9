/**
 * Silences the console for good, before any other module is loaded: libsignal prints whole sessions there, private keys
 * included. The bridge itself never uses it; its log goes straight to the output.
 */
const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'dirxml', 'table', 'group', 'groupCollapsed'] as const

let silenced = 0

for (const method of METHODS) console[method] = () => void silenced++

/** How often something tried to print: a metric, so that a new source of noise shows. */
export const silencedLines = (): number => silenced
