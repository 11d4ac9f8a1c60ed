/** How many connections the bench uses where a table does not say otherwise. */
export const CONNECTIONS = 32;

/** How often each measurement is repeated. The tables show medians. */
export const ROUNDS = 3;

/** How long one measurement takes. */
export const SECONDS = Number(process.env.BENCH_SECONDS || 8);

/** Prints what the bench does at the moment. Tables go to the standard output, this does not. */
export const say = (text: string): void => console.error(`  ${text}`);
