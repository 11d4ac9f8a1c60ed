/**
 * Arguments for a process that opens an embedded database for a few seconds. V8 compiles the database's
 * WebAssembly once and does not optimize it, which saves a second of processor time each. A process that
 * answers many requests is faster without them.
 */
export const BASELINE_ONLY = ["--liftoff-only"];
