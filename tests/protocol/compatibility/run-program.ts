import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { consent, isConsent, isSignIn, signIn } from "#tests/factories/authorize.ts";
import { Browser, type Page } from "#tests/factories/browser.ts";
import { callApi, isActive, issuer } from "#tests/factories/client.ts";
import { makeAccount, type TestAccount } from "#tests/factories/make-account.ts";
import { makeApplication, type TestApplication } from "#tests/factories/make-application.ts";
import { query } from "#tests/harness/database.ts";
import { visitInChromium } from "#tests/protocol/compatibility/visit-in-chromium.ts";
import type { Flow, Outcome, Person, Settings, Surroundings } from "#tests/protocol/compatibility/program.ts";

/** What a program was seen to do, in the order of `docs/compatibility.md`. */
export type Step = "code" | "PKCE" | "scope" | "ID token" | "userinfo" | "refresh" | "revocation";

/** Enough for the longest way: a program's page, sign-in, consent, and a program's page again. */
const MOST_HOPS = 30;

/** Remembers the authorization request, and walks a browser to the end of an address. */
class Visit {
  readonly browser = new Browser();
  readonly account: TestAccount;
  request: URL | undefined;

  constructor(account: TestAccount) {
    this.account = account;
  }

  async follow(page: Page, until?: string): Promise<Page> {
    for (let hop = 0; hop < MOST_HOPS; hop++) {
      if (page.location) {
        if (until && page.location.startsWith(until)) return page;
        page = await this.open(page.location);
      } else if (isSignIn(page)) page = await signIn(this.browser, page, this.account);
      else if (isConsent(page)) page = await consent(this.browser, page);
      else return page;
    }
    throw new Error(`No end after ${MOST_HOPS} redirects: ${page.url}`);
  }

  note(address: string): void {
    if (address.startsWith(`${issuer()}/authorize?`)) this.request = new URL(address);
  }

  open(address: string): Promise<Page> {
    this.note(address);
    return this.browser.open(address);
  }

  async go(address: string, until: string): Promise<string> {
    const page = await this.follow(await this.open(address), until);
    if (!page.location) throw new Error(`The person did not come back: ${page.status} ${page.url}`);
    return page.location;
  }

  async read(address: string): Promise<Page> {
    const page = await this.follow(await this.open(address));
    if (page.status !== 200)
      throw new Error(`The person ended at ${page.status} ${page.url}: ${page.text.slice(0, 400)}`);
    return page;
  }

  async send(address: string, body: URLSearchParams | object): Promise<Page> {
    const isForm = body instanceof URLSearchParams;
    const headers = {
      origin: new URL(address).origin,
      ...(isForm ? {} : { "content-type": "application/json" }),
    };
    return this.follow(
      await this.browser.send(address, {
        method: "POST",
        headers,
        body: isForm ? body : JSON.stringify(body),
      }),
    );
  }
}

async function register(
  replyUrl: string | undefined,
  type: "web" | "mobile",
  settings: Settings,
): Promise<TestApplication> {
  const scopes = ["topology.read", "comfort.read", "comfort.write", "profile", "email"];
  const application = await makeApplication({ scopes, type, ...(replyUrl ? { replyUrls: [replyUrl] } : {}) });
  await query(
    `UPDATE legrand_application SET refresh_policy = $2::text::legrand_refresh_policy, activation_time = $3::text::legrand_activation_time
     WHERE client_id = $1::uuid RETURNING 1 AS done`,
    application.clientId,
    settings.refreshPolicy ?? null,
    settings.activationTime ?? "without_offset",
  );
  return application;
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) =>
    server.listen(0, "localhost", () =>
      resolve(`http://localhost:${(server.address() as AddressInfo).port}`),
    ),
  );
}

async function call(accessToken: string, path: string, body?: object): Promise<unknown> {
  const sent = body
    ? { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } }
    : {};
  const answer = await callApi(accessToken, path, sent);
  const text = await answer.text();
  if (answer.status !== 200)
    throw new Error(`The API answered ${answer.status} to the access token: ${text}`);
  return text && JSON.parse(text);
}

const useToken = async (accessToken: string) => void (await call(accessToken, "/plants"));

/**
 * Runs a program from the first address to its last token, with an application and a person of its own, and
 * judges each token by using it. Returns the steps that the program did. Throws with the reason if one of
 * them failed.
 */
export async function runProgram(flow: Flow, settings: Settings = {}): Promise<Step[]> {
  const visit = new Visit(await makeAccount());
  const servers: Server[] = [];
  let application: TestApplication | undefined;
  const person: Person = {
    go: (...way) => visit.go(...way),
    read: (address) => visit.read(address),
    send: (...form) => visit.send(...form),
    browse: (address) => visitInChromium(address, visit.account, (request) => visit.note(request)),
  };
  const surroundings: Surroundings = {
    issuer: issuer(),
    person,
    register: async (replyUrl, more) =>
      (application = await register(replyUrl, more?.type ?? "web", settings)),
    serve: (handler) => {
      const server = createServer(handler);
      servers.push(server);
      return listen(server);
    },
    useToken,
    callApi: call,
  };
  try {
    const outcome = await flow(surroundings);
    return await judge(outcome, visit, application!);
  } finally {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  }
}

async function judge(
  outcome: Outcome,
  { account, request }: Visit,
  application: TestApplication,
): Promise<Step[]> {
  const { accessToken, refreshedAccessToken, idTokenSubject, userinfoSubject, revokedToken } = outcome;
  const steps: Step[] = ["code"];
  const check = (step: Step, isRight: boolean, reason: string) => {
    if (!isRight) throw new Error(reason);
    steps.push(step);
  };
  if (request?.searchParams.get("code_challenge_method") === "S256") steps.push("PKCE");
  if (request?.searchParams.get("scope")) steps.push("scope");
  if (idTokenSubject !== undefined)
    check("ID token", idTokenSubject === account.id, "The ID token names another person.");
  if (userinfoSubject !== undefined)
    check("userinfo", userinfoSubject === account.id, "Userinfo names another person.");
  const last = refreshedAccessToken ?? accessToken;
  if (refreshedAccessToken !== undefined)
    check("refresh", refreshedAccessToken !== accessToken, "The refresh brought the same access token.");
  if (revokedToken !== undefined)
    check("revocation", !(await isActive(application, revokedToken)), "The revoked token is active.");
  if (last !== revokedToken) await useToken(last);
  return steps;
}
