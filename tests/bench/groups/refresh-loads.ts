import {
  apiReads,
  codeFlows,
  discoveries,
  emptyPosts,
  introspections,
  refreshes,
  userinfoReads,
  type Operation,
  type Person,
} from "#tests/bench/load.ts";
import { settleBare } from "#tests/bench/journey.ts";
import { OPENID_SCOPE, PLAIN_SCOPE, type Target } from "#tests/bench/oauth-client.ts";
import type { MeasuredServer } from "#tests/bench/servers/measured-server.ts";
import { SANDBOX_EMAILS, signInToPortal, subscribe, WITH_HOME } from "#tests/bench/servers/portal.ts";
import { settlePeople } from "#tests/bench/servers/settle-people.ts";
import { CONNECTIONS } from "#tests/bench/settings.ts";

/** A load, and its counterpart at the bare library if there is one. */
export type Load = {
  name: string;
  /** The longest that it can be measured, in seconds. */
  mostSeconds?: number;
  prepare: (server: MeasuredServer) => Promise<Operation[]>;
  prepareBare?: (bare: Target) => Promise<Operation[]>;
};

/** The load of a handler without any work, to which the others are compared. */
export const EMPTY = "empty route handler";
export const REFRESH = "refreshes";
export const CODE_FLOW = "code flows with remembered consent (authorize, token)";

/** An account may have so many subscriptions. */
const SUBSCRIPTIONS_OF_ACCOUNT = 10;
/** A person may make 500 calls a day with each key. All keys last for three rounds at 6,000 calls a second. */
const API_SECONDS = 2;

type Prepare = (target: Target, people: Person[]) => Promise<Operation[]>;

/** Prepares a load for people of several applications, each with that scope. */
const forSettled =
  (scope: string, prepare: Prepare) =>
  async (server: MeasuredServer): Promise<Operation[]> =>
    (
      await Promise.all(
        (await settlePeople(server, CONNECTIONS)).map(({ target, person }) =>
          prepare({ ...target, scope }, [person]),
        ),
      )
    ).flat();

/** Everyone signs in again for each round, because the in-memory adapter keeps only its last thousand entries. */
const forBare =
  (scope: string, prepare: Prepare) =>
  async (bare: Target): Promise<Operation[]> => {
    const target = { ...bare, scope };
    return prepare(target, await Promise.all(Array.from({ length: CONNECTIONS }, () => settleBare(target))));
  };

const atBothKinds = (name: string, scope: string, prepare: Prepare): Load => ({
  name,
  prepare: forSettled(scope, prepare),
  prepareBare: forBare(scope, prepare),
});

/** Everything that the group `refresh` measures, in the order of its table. */
export const LOADS: Load[] = [
  { name: EMPTY, prepare: async ({ origin }) => emptyPosts(`${origin}/api/health`, CONNECTIONS) },
  atBothKinds(REFRESH, PLAIN_SCOPE, refreshes),
  atBothKinds("refreshes with an id_token (RS256)", OPENID_SCOPE, refreshes),
  atBothKinds(CODE_FLOW, PLAIN_SCOPE, codeFlows),
  atBothKinds("code flows with an id_token (RS256)", OPENID_SCOPE, codeFlows),
  atBothKinds("userinfo", OPENID_SCOPE, userinfoReads),
  atBothKinds("introspections", PLAIN_SCOPE, introspections),
  {
    name: "discovery",
    prepare: async (server) => discoveries(server, CONNECTIONS),
    prepareBare: async (bare) => discoveries(bare, CONNECTIONS),
  },
  {
    name: "API reads (GET plants, with token and key)",
    mostSeconds: API_SECONDS,
    prepare: prepareApiReads,
  },
];

/**
 * Reads the API as people with a home. Gives each connection keys of its own, because a person may make only
 * so many calls a day with each key, and is the same sandbox account at every application.
 */
async function prepareApiReads(server: MeasuredServer): Promise<Operation[]> {
  const settled = (
    await settlePeople(server, (CONNECTIONS * SANDBOX_EMAILS.length) / WITH_HOME.length)
  ).filter(({ email }) => WITH_HOME.includes(email));
  const keys = await makeKeys(server.origin);
  const share = (keys.length * WITH_HOME.length) / settled.length;
  const operations = settled.map(({ target, person }, index) => {
    const first = Math.floor(index / WITH_HOME.length) * share;
    const own = keys.slice(Math.ceil(first), Math.floor(first + share));
    return apiReads({ ...target, scope: PLAIN_SCOPE }, [person], own);
  });
  return (await Promise.all(operations)).flat();
}

async function makeKeys(origin: string): Promise<string[]> {
  const keys: string[] = [];
  for (const email of SANDBOX_EMAILS) {
    const browser = await signInToPortal(origin, email);
    keys.push(...(await subscribe(browser, origin, SUBSCRIPTIONS_OF_ACCOUNT)));
    browser.connection.close();
  }
  return keys;
}
