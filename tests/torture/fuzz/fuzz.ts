import fc from "fast-check";

import { Browser } from "#tests/bench/browser.ts";
import { Connection, type Answer } from "#tests/bench/http-client.ts";
import { settle } from "#tests/bench/journey.ts";
import { makeAccounts, registerApplication } from "#tests/bench/targets.ts";
import { makeApplication } from "#tests/factories/make-application.ts";
import { startServer } from "#tests/harness/server.ts";
import { REPLY_URL } from "#tests/bench/oauth-client.ts";
import { readCount, type Finding } from "#tests/torture/finding.ts";
import {
  authorizationRequest,
  REGISTERED_SCOPES,
  type FuzzedRequest,
  type Registered,
} from "#tests/torture/fuzz/generate-request.ts";
import { judgeAnswer } from "#tests/torture/fuzz/judge-answer.ts";

const CONNECTIONS = 16;
/**
 * One in so many redirects to a sign-in or consent page is followed, because these pages show what was sent.
 */
const FOLLOW_EVERY = 10;
const SHOWN = 5;
const SHOWN_CHARACTERS = 1_000;

type Broken = { request: FuzzedRequest; why: string };

/**
 * Sends generated authorization requests. No redirect may lead to an unregistered address, no answer may be
 * 5xx, and no page may contain unescaped input. TORTURE_SEED repeats the same requests. TORTURE_REQUESTS sets
 * their number.
 */
export async function fuzz(): Promise<Finding[]> {
  const [seed, count] = [
    readCount("TORTURE_SEED", Math.floor(Math.random() * 1e9)),
    readCount("TORTURE_REQUESTS", 10_000),
  ];
  console.log(`  ${count} authorization requests, TORTURE_SEED=${seed}`);
  const server = await startServer();
  try {
    process.env.TEST_CONTROL_PORT = String(server.controlPort);
    const issuer = `${server.origin}/legrand`;
    const { registered, session } = await prepare(issuer, server);
    const requests = fc.sample(authorizationRequest(registered), { seed, numRuns: count });
    const { outcomes, broken } = await sendAll(issuer, registered, requests, session);
    for (const { request, why } of broken.slice(0, SHOWN))
      console.log(`  ${why}: ${JSON.stringify(request).slice(0, SHOWN_CHARACTERS)}`);
    return [
      {
        rule: `${count} generated authorization requests: no foreign redirect, no 5xx, no unescaped input`,
        held: broken.length === 0,
        found: `${broken.length} broke it; ${[...outcomes]
          .sort()
          .map(([outcome, times]) => `${times} × ${outcome}`)
          .join(", ")}; TORTURE_SEED=${seed}`,
      },
    ];
  } finally {
    await server.stop();
  }
}

/**
 * Makes two web applications and a mobile one, and a person who has allowed everything that one of the web
 * applications asks for.
 */
async function prepare(
  issuer: string,
  server: Parameters<typeof registerApplication>[0],
): Promise<{ registered: Registered; session: string }> {
  const allowed = await registerApplication(server);
  const others = [
    await makeApplication({
      replyUrls: [
        "https://web.example/callback",
        "https://web.example/callback?tenant=1",
        "http://localhost:8080/callback",
      ],
    }),
    await makeApplication({ type: "mobile", replyUrls: ["msal0123://auth", "https://mobile.example/back"] }),
  ];
  const { session, browser } = await settle(
    { ...allowed, issuer, scope: REGISTERED_SCOPES.join(" ") },
    (await makeAccounts(1))(),
  );
  browser.connection.close();
  return { registered: [{ clientId: allowed.clientId, replyUrls: [REPLY_URL] }, ...others], session };
}

async function sendAll(
  issuer: string,
  registered: Registered,
  requests: FuzzedRequest[],
  session: string,
): Promise<{ outcomes: Map<string, number>; broken: Broken[] }> {
  const [outcomes, broken, queue]: [Map<string, number>, Broken[], Iterator<FuzzedRequest>] = [
    new Map(),
    [],
    requests.values(),
  ];
  let toPages = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const connection = new Connection();
      for (let next = queue.next(); !next.done; next = queue.next()) {
        const request = next.value;
        const judge = (answer: Answer) => {
          const outcome = nameOutcome(issuer, answer);
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
          const why = judgeAnswer(issuer, registered, request, answer);
          if (why !== null) broken.push({ request, why });
        };
        const answer = await send(connection, issuer, request, session);
        judge(answer);
        if (answer.location.includes("/legrand/interaction/") && toPages++ % FOLLOW_EVERY === 0)
          judge(await openPage(issuer, answer));
      }
      connection.close();
    }),
  );
  return { outcomes, broken };
}

/** Names the outcome of a request, so that a run shows whether it got far enough to find anything. */
function nameOutcome(issuer: string, { status, location }: Answer): string {
  if (!location) return String(status);
  if (location.startsWith("/") || location.startsWith(issuer))
    return location.includes("/interaction/") ? "sign-in or consent" : "redirect to itself";
  return /[?&]code=/.test(location) ? "code" : "error to the client";
}

function send(
  connection: Connection,
  issuer: string,
  { method, parameters, raw, accept, isSignedIn }: FuzzedRequest,
  session: string,
): Promise<Answer> {
  const [encoded, cookie] = [`${new URLSearchParams(parameters)}${raw}`, isSignedIn ? session : undefined];
  if (method === "GET")
    return connection.send(`${issuer}/authorize?${encoded}`, { cookie, headers: { accept } });
  return connection.send(`${issuer}/authorize`, { form: encoded, cookie, headers: { accept } });
}

/** Opens the sign-in or consent page, as the redirected browser does. */
async function openPage(issuer: string, answer: Answer): Promise<Answer> {
  const browser = new Browser();
  browser.keep(answer);
  const page = await browser.get(new URL(answer.location, issuer).href);
  browser.connection.close();
  return page;
}
