import { PGlite } from "@electric-sql/pglite";

/**
 * The client messages that carry a statement (PostgreSQL, Message Formats): Parse, and Query for BEGIN and
 * similar statements.
 */
const [PARSE, QUERY] = [0x50, 0x51];

let statements: string[] = [];
let isWatching = false;

/**
 * Starts to record every statement that the embedded database receives, from any sender and within
 * transactions, by reading the messages at its entry. Returns the statements recorded before.
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

/**
 * Reads the statement of a message: type and length, in Parse a name that ends with a zero byte, then the
 * text up to the next zero byte.
 */
function textOf(message: Uint8Array): string {
  const rest = Buffer.from(message.buffer, message.byteOffset + 5, message.byteLength - 5);
  const begin = message[0] === PARSE ? rest.indexOf(0) + 1 : 0;
  return rest.toString("utf8", begin, rest.indexOf(0, begin));
}
