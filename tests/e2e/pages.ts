import type { BrowserContext, Page } from "@playwright/test";

import type { ConnectionProblem } from "#lib/connect/problems/problem.ts";
import { expect } from "#tests/e2e/fixtures.ts";
import {
  button,
  connect,
  connectAnother,
  consentHeading,
  disconnect,
  heading,
  reachReview,
  reachSignIn,
  room,
  signIn,
} from "#tests/e2e/journey.ts";
import {
  ageSignIn,
  authorizationRequest,
  createPerson,
  forgetConnection,
  letExpire,
  registerApplication,
  removeAccess,
  takeBack,
  type Person,
} from "#tests/e2e/rows.ts";
import { handOver, openConnected, openConsent, openMismatch, openPortal } from "#tests/e2e/way-in.ts";
import { makeOwnedApplication } from "#tests/factories/make-owned-application.ts";
import { authorize } from "#tests/factories/authorize.ts";

/** A page, and how to open it. */
export type KnownPage = {
  name: string;
  title: string | RegExp;
  open: (page: Page, person: Person, context: BrowserContext) => Promise<unknown>;
};

/**
 * The problems that connecting can have. It is a `Record`, so that a new problem without its page does not
 * compile.
 */
const PROBLEM_TITLES: Record<ConnectionProblem, string> = {
  denied: "You did not connect",
  refused_by_legrand: "Legrand refused the request",
  not_admitted: "Legrand is not accepting this application",
  stale: "This request was started elsewhere or has expired",
  wrong_issuer: "This answer did not come from Legrand",
  id_token: "We could not verify who you are",
  not_recognised: "Connect cannot recognise you",
  no_home: "We need a way to recognise you",
  interrupted: "We do not know whether you are connected",
  linked_to_other_user: "This Legrand account is connected to another user",
  code: "The code was not accepted",
  unusable_answer: "Legrand’s answer could not be used",
  unreachable: "Legrand does not answer",
  failed: "Something failed on our side",
};

const PROBLEM_PAGES: KnownPage[] = Object.entries(PROBLEM_TITLES).map(([problem, title]) => ({
  name: `connection-error, ${problem}`,
  title,
  open: (page) => page.goto(`/connection-error?problem=${problem}`),
}));

const OTHER_REPLY_URL = "http://127.0.0.1:9/callback";

/** Every page of the journey and around it. */
export const PAGES: KnownPage[] = [
  { name: "home", title: "Connect your Legrand home", open: (page) => page.goto("/") },
  {
    name: "home, signed in",
    title: "Connect your Legrand home",
    open: async (page, person) => {
      await openConnected(page, person);
      await page.goto("/");
    },
  },
  { name: "sign-in", title: "Sign in to Legrand", open: (page) => reachSignIn(page) },
  {
    name: "sign-in with an error",
    title: "Sign in to Legrand",
    open: async (page, person) => {
      await reachSignIn(page);
      await signIn(page, { ...person, password: "not this one" });
      await expect(page.getByText("There is a problem")).toBeVisible();
    },
  },
  { name: "consent", title: /is asking for access/, open: (page, person) => openConsent(page, person) },
  {
    name: "consent, some already allowed",
    title: /is asking for access/,
    open: async (page, person) => {
      await openConnected(page, person);
      await page.getByRole("checkbox", { name: "Switch your lights" }).check();
      await button(page, "Ask for more access").click();
      await page.getByText(/^Already allowed/).click();
      await page.getByText("Technical details").click();
    },
  },
  {
    name: "consent, an application without a logo that asks for everything",
    title: /is asking for access/,
    open: async (page, person) => {
      const everything = [
        "topology.read",
        "audiovideoterminal.read",
        "audiovideoterminal.write",
        "automation.read",
        "automation.write",
        "comfort.read",
        "comfort.write",
        "light.read",
        "light.write",
        "lock.read",
        "plug.read",
        "plug.write",
        "profile",
        "email",
      ];
      await page.goto(
        authorizationRequest(await registerApplication(OTHER_REPLY_URL, everything), {
          scope: `openid offline_access ${everything.join(" ")}`,
        }),
      );
      await signIn(page, person);
    },
  },
  {
    name: "consent, of a mobile application that was allowed everything before",
    title: /is asking for access/,
    open: async (page, person) => {
      const application = await registerApplication("com.example.lampada:/callback");
      const { browser } = await authorize({ application, account: person });
      await handOver(browser, page);
      await page.goto(authorizationRequest(application));
      await expect(
        page.getByText(/asks again for what you have already allowed, and for nothing else/),
      ).toBeVisible();
    },
  },
  {
    name: "consent, changing what is granted",
    title: /^Change what .* may do$/,
    open: (page, person) => reachReview(page, person),
  },
  {
    name: "consent, of a person with several homes who ticked none",
    title: /is asking for access/,
    open: async (page) => {
      await openConsent(page, await createPerson({ homes: ["Baita", "Casa al mare dei nonni"] }));
      for (const home of ["Baita", "Casa al mare dei nonni"]) await page.getByLabel(home).uncheck();
      await button(page, "Accept").click();
      await expect(page.getByRole("alert")).toContainText("Choose at least one home, or deny.");
    },
  },
  {
    name: "third-party access, with a choice of homes that was refused",
    title: "Third-party access",
    open: async (page) => {
      await openConnected(page, await createPerson({ homes: ["Baita", "Casa"] }));
      await page.goto("/legrand/third-party-access");
      for (const home of ["Baita", "Casa"]) await page.getByLabel(home).uncheck();
      await button(page, "Save homes").click();
      await expect(page.getByRole("alert").first()).toContainText("Choose at least one home for Connect");
    },
  },
  {
    name: "third-party access",
    title: "Third-party access",
    open: async (page, person) => {
      await openConnected(page, person, ["comfort.write"]);
      await page.goto("/legrand/third-party-access");
    },
  },
  {
    name: "third-party access, none",
    title: "Third-party access",
    open: (page, person) => openPortal(page, person, "/legrand/third-party-access"),
  },
  {
    name: "third-party access, before its removal",
    title: "Remove access for Connect?",
    open: async (page, person) => {
      await openConnected(page, person);
      await page.goto("/legrand/third-party-access");
      await button(page, "Remove access").click();
    },
  },
  {
    name: "attempts, one refused",
    title: /^Thermo/,
    open: async (page, person) => {
      const { path, ...application } = await makeOwnedApplication(person);
      await page.goto(authorizationRequest({ ...application, replyUrl: `${OTHER_REPLY_URL}/` }));
      await openPortal(page, person, `${path}/attempts`);
      await page.getByRole("list", { name: "Attempts" }).getByText("Reply URL does not match").click();
    },
  },
  { name: "account", title: "Connected account", open: (page, person) => openConnected(page, person) },
  {
    name: "account, a part refused",
    title: "Connected account",
    open: (page, person) => openConnected(page, person, ["comfort.write"]),
  },
  {
    name: "account, two of them",
    title: "Connected account",
    open: async (page, person) => {
      await openConnected(page, person);
      await connectAnother(page, await createPerson({ homes: [] }));
    },
  },
  {
    name: "account, a thermostat set and another mistyped",
    title: "Connected account",
    open: async (page, person) => {
      await openConnected(page, person);
      await page.getByLabel("Set point in Living room, °C").fill("45");
      await room(page, "Living room").getByRole("button", { name: "Set" }).click();
      await expect(page.getByLabel("Set point in Living room, °C")).toBeFocused();
    },
  },
  {
    name: "account, a permission taken back",
    title: "Connected account",
    open: async (page, person) => {
      await openConnected(page, person);
      await takeBack(person, "comfort.read");
      await page.reload();
      await expect(button(page, "Ask Legrand again")).toBeVisible();
    },
  },
  {
    name: "account, access removed at Legrand",
    title: "Connected account",
    open: async (page, person) => {
      await openConnected(page, person);
      await removeAccess(person);
      await page.reload();
      await expect(button(page, "Connect again")).toBeVisible();
    },
  },
  {
    name: "account, empty",
    title: "Connected account",
    open: async (page, person) => {
      await openConnected(page, person);
      await forgetConnection(person);
      await page.reload();
      await expect(page.getByText("No Legrand account is connected yet")).toBeVisible();
    },
  },
  {
    name: "account, not signed in",
    title: "Connect your Legrand account first",
    open: (page) => page.goto("/account"),
  },
  {
    name: "home, just disconnected",
    title: "Connect your Legrand home",
    open: async (page, person) => {
      await openConnected(page, person);
      await disconnect(page);
    },
  },
  ...PROBLEM_PAGES,
  {
    name: "request ended, expired",
    title: "This request has expired",
    open: async (page, person) => {
      await openConsent(page, person);
      await letExpire(page.url());
      await page.reload();
    },
  },
  {
    name: "request ended, answered",
    title: "You have already answered this request",
    open: async (page, person) => {
      await connect(page, person);
      await page.goBack();
    },
  },
  {
    name: "request ended, unknown",
    title: "We do not know this request",
    open: (page) => page.goto("/legrand/interaction/nobody-knows-it"),
  },
  {
    name: "request ended, another account's",
    title: "This request belongs to another account",
    open: async (page, person, context) => {
      await openConsent(page, person);
      const second = await context.newPage();
      await second.goto("/");
      await button(second, "Connect Legrand").click();
      await button(second, "Not you?").click();
      await signIn(second, await createPerson());
      await expect(consentHeading(second)).toBeVisible();
      await second.close();
      await page.reload();
    },
  },
  {
    name: "authorization error, reply URL",
    title: "The reply URL does not match",
    open: async (page) => {
      const application = await registerApplication(OTHER_REPLY_URL);
      await page.goto(authorizationRequest({ ...application, replyUrl: `${OTHER_REPLY_URL}/` }));
    },
  },
  {
    name: "authorization error, reply URL, for its developer",
    title: "The reply URL does not match",
    open: (page, person) => openMismatch(page, person),
  },
  {
    name: "authorization error, a reply URL that may be an attack, for its developer",
    title: "The reply URL does not match",
    open: (page, person) => openMismatch(page, person, "javascript:alert(1)//"),
  },
  {
    name: "register a reply URL, with the password",
    title: "Register this reply URL?",
    open: async (page, person) => {
      await openMismatch(page, person, "https://lompada.example/callback");
      await ageSignIn(person, 16);
      await button(page, "Register this reply URL").click();
    },
  },
  {
    name: "register a reply URL, which was refused",
    title: "We do not know this request",
    open: async (page, person) => {
      const { path } = await openMismatch(page, person);
      await page.goto(`${path}/reply-urls/register?request=unknown`);
    },
  },
  {
    name: "authorization error, unknown application",
    title: "We do not know this application",
    open: (page) => page.goto("/legrand/authorize?client_id=nobody"),
  },
  {
    name: "authorization error, incomplete request",
    title: "We cannot answer this request",
    open: (page) => page.goto("/legrand/authorize"),
  },
  {
    name: "authorization error, opened by hand",
    title: "There is nothing to show here",
    open: (page) => page.goto("/legrand/authorization-error"),
  },
  {
    name: "an operation of the API, not signed in",
    title: "Read the state of a thermostat",
    open: (page) => page.goto("/legrand/apis/getStatus"),
  },
  {
    name: "developer portal, not signed in",
    title: "Build for Legrand homes, without a real one",
    open: (page) => page.goto("/legrand"),
  },
  { name: "not found", title: "Page not found", open: (page) => page.goto("/no/such/page") },
  {
    name: "not found, in the sandbox",
    title: "Page not found",
    open: (page) => page.goto("/legrand/no/such/page"),
  },
];

/** Opens the page and waits for its heading. */
export async function openPage(known: KnownPage, page: Page, person: Person): Promise<void> {
  await known.open(page, person, page.context());
  await expect(heading(page, known.title).first()).toBeVisible();
}
