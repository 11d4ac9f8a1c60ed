// The tests, and every process that they start, read no .env file of this checkout: where this is set Next's
// loader takes them for read.
process.env.__NEXT_PROCESSED_ENV = "true";
