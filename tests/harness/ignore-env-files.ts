// Makes the tests, and every process that they start, ignore the .env files of this checkout: with this
// variable set, Next's loader assumes that they are already loaded.
process.env.__NEXT_PROCESSED_ENV = "true";
