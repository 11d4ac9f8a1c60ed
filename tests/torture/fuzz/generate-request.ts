import fc from "fast-check";

import { hostileText } from "#tests/torture/fuzz/hostile-text.ts";

/** The registered clients and addresses. A redirect may lead only to an address of its own client. */
export type Registered = { clientId: string; replyUrls: string[] }[];

/** An authorization request as it is sent. `raw` is appended to the encoded parameters unchanged. */
export type FuzzedRequest = {
  method: "GET" | "POST";
  parameters: [string, string][];
  raw: string;
  accept: string;
  isSignedIn: boolean;
};

type Parameters = Record<string, fc.Arbitrary<string>>;

/** Scopes that each application may ask for. */
export const REGISTERED_SCOPES = ["openid", "offline_access", "topology.read", "comfort.read"];
const OTHER_SCOPES = ["profile", "email", "light.read", "unknown.read"];
/**
 * Addresses that resemble the registered one: a prefix, its host as a user, its path below another host,
 * another case, …
 */
const NEAR_MISSES: ((url: string) => string)[] = [
  (url) => `${url}/`,
  (url) => `${url}?x=1`,
  (url) => `${url}#x`,
  (url) => `${url}/../evil`,
  (url) => `${url}%2f..`,
  (url) => `${url}.evil.example`,
  (url) => ` ${url}`,
  (url) => `${url}\t`,
  (url) => url.toUpperCase(),
  (url) => url.replace("://", ":/"),
  (url) => url.replace("://", "://evil.example@"),
  (url) => url.replace("://", "://evil.example/"),
  (url) => url.replace("://", "://evil.example\\@"),
  (url) => url.replace("https:", "http:"),
  (url) => url.replace("https:", "javascript:"),
  (url) => url.replace("https:", ""),
  (url) => url.replace(".example", ".example:8443"),
  (url) => url.replace(".example", ".example."),
  (url) => url.slice(0, -1),
  (url) => encodeURIComponent(url),
  (url) => `https://evil.example/?${url}`,
  (url) => `//evil.example/${url}`,
  () => "https://evil.example/",
  () => "",
  () => "about:blank",
];

/**
 * Generates any authorization request. Most are valid, with a few parameters left out, repeated or replaced.
 */
export function authorizationRequest(registered: Registered): fc.Arbitrary<FuzzedRequest> {
  const [clientIds, replyUrls] = [
    registered.map(({ clientId }) => clientId),
    registered.flatMap((client) => client.replyUrls),
  ];
  const nearMiss = fc
    .tuple(fc.constantFrom(...replyUrls), fc.constantFrom(...NEAR_MISSES))
    .map(([url, change]) => change(url));
  return fc.constantFrom(...registered).chain((client) =>
    fc.record({
      method: fc.oneof(
        { weight: 4, arbitrary: fc.constant("GET" as const) },
        { weight: 1, arbitrary: fc.constant("POST" as const) },
      ),
      parameters: pairs(
        { ...sound(client), ...OTHERS },
        fc.oneof(nearMiss, fc.constantFrom(...clientIds, ...replyUrls), hostileText),
      ),
      raw: fc.oneof(
        { weight: 9, arbitrary: fc.constant("") },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            "&%zz=1",
            "&state=%ff%fe",
            "&&&=",
            "&scope",
            "&state=%00",
            "&redirect_uri[]=x",
            "&%72edirect_uri=https://evil.example",
          ),
        },
      ),
      accept: fc.constantFrom(
        "text/html",
        "text/html",
        "application/json",
        "*/*",
        "text/html;q=0.1,application/json",
      ),
      isSignedIn: fc.boolean(),
    }),
  );
}

const sound = ({ clientId, replyUrls }: Registered[number]): Parameters => ({
  client_id: fc.constant(clientId),
  redirect_uri: fc.constantFrom(...replyUrls),
  response_type: fc.oneof(
    { weight: 9, arbitrary: fc.constant("code") },
    { weight: 1, arbitrary: fc.constantFrom("token", "code id_token", "none") },
  ),
  scope: fc
    .tuple(
      fc.subarray(REGISTERED_SCOPES, { minLength: 1 }),
      fc.option(fc.constantFrom(...OTHER_SCOPES), { freq: 1, nil: null }),
    )
    .map(([scopes, other]) => [...scopes, ...(other ? [other] : [])].join(" ")),
  state: fc.constant("state"),
});

/** Parameters that most requests do not have. */
const OTHERS: Parameters = {
  nonce: fc.constant("nonce"),
  prompt: fc.constantFrom("none", "login", "consent", "login consent", "none login"),
  max_age: fc.constantFrom("0", "1", "-1", "x"),
  response_mode: fc.constantFrom("query", "fragment", "form_post", "jwt"),
  code_challenge: fc.constantFrom("A".repeat(43), "short"),
  code_challenge_method: fc.constantFrom("S256", "plain", "none"),
  login_hint: fc.constant("camille@example.com"),
  grant_management_action: fc.constantFrom("replace", "create", "merge"),
  id_token_hint: fc.constant("a.b.c"),
  request: fc.constant("a.b.c"),
  request_uri: fc.constant("https://evil.example/request"),
  claims: fc.constantFrom("{}", "[]", '{"id_token":{"sub":null}}'),
  resource: fc.constant("https://evil.example"),
  ui_locales: fc.constant("fr"),
  display: fc.constant("popup"),
  acr_values: fc.constant("0"),
  registration: fc.constant("{}"),
};

/**
 * The percentage of valid values, and for the rare parameters the percentage of requests that have them at
 * all.
 */
const [AS_IT_SHOULD_BE, AT_ALL] = [85, 4];

function pairs(parameters: Parameters, other: fc.Arbitrary<string>): fc.Arbitrary<[string, string][]> {
  const percent = fc.integer({ min: 0, max: 99 });
  const each = Object.entries(parameters).map(([name, value]) =>
    fc.tuple(percent, percent, value, other).map(([chance, fate, good, bad]): [string, string][] => {
      if (name in OTHERS && chance >= AT_ALL) return [];
      if (fate < AS_IT_SHOULD_BE) return [[name, good]];
      if (fate < 90) return [];
      return fate < 97
        ? [[name, bad]]
        : [
            [name, good],
            [name, bad],
          ];
    }),
  );
  const unknown = fc.option(fc.tuple(hostileText, hostileText), { freq: 10, nil: null });
  return fc.tuple(unknown, ...each).map(([extra, ...sent]) => [...sent.flat(), ...(extra ? [extra] : [])]);
}
