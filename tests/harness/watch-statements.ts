import { PGlite } from "@electric-sql/pglite";

/**
 * Messages of the frontend that carry a statement (PostgreSQL, Message Formats): Parse, and Query for BEGIN
 * and its like.
 */
const [PARSE, QUERY] = [0x50, 0x51];

let statements: string[] = [];
let isWatching = false;

/**
 * Begins to write down every statement that the embedded database is sent, whoever sends it and within
 * transactions too: its messages are read where they enter it. Returns those of before.
 */
export function watchStatements(): string[] {
  if (!isWatching) install();
  isWatching = true;
  const seen = statements;
  statements = [];
  return seen;
}

function install(): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the instance below
  const send = PGlite.prototype.execProtocolRaw;
  PGlite.prototype.execProtocolRaw = function (message, ...rest) {
    if (message[0] === PARSE || message[0] === QUERY) statements.push(textOf(message));
    return send.call(this, message, ...rest);
  };
}

/** Type and length, in Parse the statement's name and a zero, then the text up to the next zero. */
function textOf(message: Uint8Array): string {
  const rest = Buffer.from(message.buffer, message.byteOffset + 5, message.byteLength - 5);
  const begin = message[0] === PARSE ? rest.indexOf(0) + 1 : 0;
  return rest.toString("utf8", begin, rest.indexOf(0, begin));
}
