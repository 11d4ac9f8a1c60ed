import { HTTP_METHODS } from "#lib/http/endpoint.ts";

const MEGABYTE = 1024 * 1024;

/**
 * What the server, the proxy and Next's configuration have to know about an address before they answer it. The
 * methods of a page or a route are read from its file (lib/server/front/routes.ts).
 */
export type RouteTraits = {
  /**
   * A page accepts no POST: Next would treat it as a server action. A route is a file of `app`. An endpoint is
   * answered by this server (lib/server/front/answer-endpoint.ts).
   */
  kind: "page" | "route" | "endpoint";
  /**
   * Who asks. A `program` gets JSON whatever `Accept` says, failures included (RFC 6749 §5.2), and may add a
   * slash to the address. `both`: a page where the route makes one, but a refusal in JSON stays JSON.
   */
  audience: "person" | "both" | "program";
  /**
   * The page is sent without scripts: sign-in, consent and errors of the sandbox, and every page with a
   * password field, where an injected script would do the most harm. Also pages that are mostly numbers.
   */
  isScriptless: boolean;
  /**
   * A page without scripts may load one static file, `public/show-password.js`, beside its password field (decision 61).
   * At an interaction, only the step that signs in may.
   */
  hasPasswordScript: boolean;
  /** The page is sent at once, and streams the rest when it is ready. */
  isStreamed: boolean;
  /** Without a role, the answer is that of an unknown address. */
  isHidden: boolean;
  /** The address does not exist if Connect uses another cloud. */
  isSandbox: boolean;
  /** An API answers OPTIONS, an unsupported method and an unknown address in a format of its own. */
  isApi: boolean;
  /** Kept mail: only for some callers, and only under a local name. */
  isKeptMail: boolean;
  /** Which `Referrer-Policy` the answer has on a trustworthy origin. Elsewhere it is `same-origin`. */
  referrerPolicy: "same-origin" | "no-referrer";
  /** `no-store`: never cached. `own`: the route decides. */
  cache: "no-store" | "own";
  /** Whether proxy.ts handles the request, and gives the answer the headers of a page. */
  isProxied: boolean;
  /** The largest body that is accepted. */
  bodyLimitBytes: number;
  /** Where the page about a refused form leads. */
  wayOn: "start" | "portal" | "administration";
  /**
   * The form of the page may lead to the application that asked. The request is an interaction, whose uid is in
   * the path, or a refused request, whose ticket is in the query.
   */
  leadsToApplication: "interaction" | "refused request" | null;
  /** A step of connecting. Only first steps are refused if too many connects are in flight. */
  connectStep: "first" | "later" | null;
  /**
   * The methods of an address without a file of its own in `app`: those that it is for, and those that its code
   * answers, if these are more. `behind` is the catch-all route that contains it. `segment` is what a dynamic
   * segment consists of.
   */
  methods?: { offered: readonly string[]; handled?: readonly string[]; behind?: string; segment?: RegExp };
};

const PAGE: RouteTraits = {
  kind: "page",
  audience: "person",
  isScriptless: false,
  hasPasswordScript: false,
  isStreamed: false,
  isHidden: false,
  isSandbox: false,
  isApi: false,
  isKeptMail: false,
  referrerPolicy: "same-origin",
  cache: "no-store",
  isProxied: true,
  bodyLimitBytes: 2 * MEGABYTE,
  wayOn: "start",
  leadsToApplication: null,
  connectStep: null,
};
/** A form's target, or a download. */
const FORM: RouteTraits = { ...PAGE, kind: "route" };
/** The traits of an address that no row names. */
export const UNKNOWN = FORM;

const UNPROXIED = { isProxied: false, cache: "own" } as const;
const FOR_BOTH: RouteTraits = { ...FORM, ...UNPROXIED, audience: "both" };

const ADMIN = { isHidden: true, wayOn: "administration" } as const;
const ADMIN_PAGE: RouteTraits = { ...PAGE, ...ADMIN };
const ADMIN_FORM: RouteTraits = { ...FORM, ...ADMIN };

// Addresses of the sandbox contain authorization requests, so no other page receives them.
const SANDBOX = { isSandbox: true, referrerPolicy: "no-referrer" } as const;
const SANDBOX_PAGE: RouteTraits = { ...PAGE, ...SANDBOX };
const SANDBOX_FORM: RouteTraits = { ...FORM, ...SANDBOX };
const SIGN_IN_PAGE: RouteTraits = { ...SANDBOX_PAGE, isScriptless: true };
const WITH_PASSWORD = { isScriptless: true, hasPasswordScript: true } as const;
const PASSWORD_PAGE: RouteTraits = { ...SANDBOX_PAGE, ...WITH_PASSWORD };
const STEP_FORM: RouteTraits = { ...SANDBOX_FORM, connectStep: "later" };
const PORTAL_PAGE: RouteTraits = { ...SANDBOX_PAGE, wayOn: "portal" };
const PORTAL_FORM: RouteTraits = { ...SANDBOX_FORM, wayOn: "portal" };
const MAIL_PAGE: RouteTraits = { ...PORTAL_PAGE, isKeptMail: true };
const MAIL_FORM: RouteTraits = { ...PORTAL_FORM, isKeptMail: true };
// A logo may be uploaded. The form itself reports a file that is too large, and keeps what the user typed.
const UPLOAD_FORM: RouteTraits = { ...PORTAL_FORM, bodyLimitBytes: 64 * MEGABYTE };

const FILE: RouteTraits = { ...SANDBOX_FORM, ...UNPROXIED };

const READING = ["GET", "HEAD"];
const DISCOVERING = [...READING, "OPTIONS"];
/** The address of an endpoint of the sandbox, which programs call. */
const endpoint = (offered: readonly string[]): RouteTraits => ({
  ...FILE,
  kind: "endpoint",
  audience: "program",
  methods: { offered },
});
/** Responses about tokens must not be cached (RFC 6749 §5.1, RFC 7662 §2.2, RFC 7009 §2.2), nor metadata. */
const unstored = (offered: readonly string[]): RouteTraits => ({ ...endpoint(offered), cache: "no-store" });
const DISCOVERY = unstored(DISCOVERING);
const authorize = (offered: readonly string[], segment?: RegExp): RouteTraits => ({
  ...endpoint(offered),
  audience: "both",
  connectStep: "later",
  methods: { offered, ...(segment ? { segment } : {}) },
});
// The API reports a body that is too large in its own format.
const API_BASE: RouteTraits = { ...endpoint(DISCOVERING), isApi: true, bodyLimitBytes: 64 * MEGABYTE };
/** An operation of an API, which answers every other method with its own 405. */
const api = (...offered: string[]): RouteTraits => ({
  ...API_BASE,
  methods: { offered: offered.length ? [...offered, "OPTIONS"] : [], handled: HTTP_METHODS },
});
const API_UNKNOWN = api();

/** An endpoint of next-auth, for which Next itself answers OPTIONS. */
const nextAuth = (connectStep: RouteTraits["connectStep"] = null): RouteTraits => ({
  ...FOR_BOTH,
  connectStep,
  methods: { behind: "/api/auth/[...nextauth]", offered: [...READING, "POST", "OPTIONS"] },
});

const SMARTHER = "/legrand/api/smarther/v2.0";
const SMARTHER_MODULE = `${SMARTHER}/chronothermostat/thermoregulation/addressLocation/plants/[plantId]/modules/parameter/id/value/[moduleId]`;
const HOME_CONTROL = "/legrand/api/hc/api/v1.0";
const HOME_CONTROL_MODULE = "addressLocation/plants/[plantId]/modules/parameter/id/value/[moduleId]";

/**
 * The traits of every page, route and endpoint, by its pattern: the folders below `app` without route groups.
 * A test compares the patterns with the files of `app` and with the endpoints of the sandbox
 * (tests/unit/server/route-traits.test.ts).
 */
export const ROUTE_TRAITS: Readonly<Record<string, RouteTraits>> = {
  "/": PAGE,
  "/connection-error": PAGE,
  "/connect": { ...FORM, connectStep: "first" },
  "/sign-out": FORM,
  "/account": { ...PAGE, isStreamed: true },
  "/account/[id]/disconnect": PAGE,
  "/account/continue-without": FORM,
  "/account/data": PAGE,
  "/account/data/delete": PAGE,
  "/account/data/delete/submit": FORM,
  "/account/data/download": FORM,
  "/account/disconnect": FORM,
  "/account/refresh": FORM,
  "/account/set-device": FORM,
  "/account/set-point": FORM,

  "/admin": { ...ADMIN_PAGE, isScriptless: true },
  "/admin/audit": ADMIN_PAGE,
  "/admin/audit/export": ADMIN_FORM,
  "/admin/bulk-revocations": ADMIN_PAGE,
  "/admin/bulk-revocations/[id]": ADMIN_PAGE,
  "/admin/bulk-revocations/[id]/again": ADMIN_FORM,
  "/admin/bulk-revocations/[id]/stop": ADMIN_FORM,
  "/admin/exports/[id]": ADMIN_FORM,
  "/admin/linked-accounts": ADMIN_PAGE,
  "/admin/linked-accounts/[id]": ADMIN_PAGE,
  "/admin/linked-accounts/[id]/refresh": ADMIN_PAGE,
  "/admin/linked-accounts/[id]/refresh/submit": ADMIN_FORM,
  "/admin/linked-accounts/[id]/revoke": ADMIN_PAGE,
  "/admin/linked-accounts/[id]/revoke/submit": ADMIN_FORM,
  "/admin/linked-accounts/[id]/sign-out": ADMIN_PAGE,
  "/admin/linked-accounts/[id]/sign-out/submit": ADMIN_FORM,
  "/admin/linked-accounts/export": ADMIN_FORM,
  "/admin/linked-accounts/revoke": ADMIN_PAGE,
  "/admin/linked-accounts/revoke/submit": ADMIN_FORM,
  "/admin/roles": ADMIN_PAGE,
  "/admin/roles/[userId]": ADMIN_PAGE,
  "/admin/roles/[userId]/change": ADMIN_PAGE,
  "/admin/roles/[userId]/change/submit": ADMIN_FORM,

  "/api/health": FOR_BOTH,
  "/api/theme": FOR_BOTH,
  "/api/auth/[...nextauth]": FOR_BOTH,
  "/api/auth/callback/legrand": nextAuth("later"),
  "/api/auth/csrf": nextAuth(),
  "/api/auth/error": nextAuth(),
  "/api/auth/providers": nextAuth(),
  "/api/auth/session": nextAuth(),
  "/api/auth/signin/legrand": nextAuth("first"),
  "/api/auth/signout": nextAuth(),

  "/legrand/authorize": { ...authorize([...READING, "POST"]), isScriptless: true },
  "/legrand/authorize/[uid]": authorize(READING, /^[\w-]+$/),
  "/legrand/introspect": unstored(["POST"]),
  "/legrand/jwks": endpoint(DISCOVERING),
  "/legrand/revoke": unstored(["POST", "OPTIONS"]),
  "/legrand/token": unstored(["POST", "OPTIONS"]),
  "/legrand/userinfo": unstored([...READING, "POST", "OPTIONS"]),
  "/legrand/.well-known/oauth-authorization-server": DISCOVERY,
  "/legrand/.well-known/openid-configuration": DISCOVERY,
  "/legrand/[clientId]/.well-known/oauth-authorization-server": DISCOVERY,
  "/legrand/[clientId]/.well-known/openid-configuration": DISCOVERY,
  "/.well-known/oauth-authorization-server/legrand": DISCOVERY,

  "/legrand/api/[...unknown]": API_UNKNOWN,
  "/legrand/api/echo/resource": api("POST"),
  [HOME_CONTROL]: API_BASE,
  [`${HOME_CONTROL}/[...unknown]`]: API_UNKNOWN,
  [`${HOME_CONTROL}/automation/automation/${HOME_CONTROL_MODULE}`]: api(...READING, "POST"),
  [`${HOME_CONTROL}/light/lighting/${HOME_CONTROL_MODULE}`]: api(...READING, "POST"),
  [`${HOME_CONTROL}/plants`]: api(...READING),
  [`${HOME_CONTROL}/plants/[plantId]`]: api(...READING),
  [`${HOME_CONTROL}/plants/[plantId]/topology`]: api(...READING),
  [`${HOME_CONTROL}/plug/energy/${HOME_CONTROL_MODULE}`]: api(...READING, "POST"),
  [`${HOME_CONTROL}/remote/remote/${HOME_CONTROL_MODULE}`]: api(...READING),
  [SMARTHER]: API_BASE,
  [SMARTHER_MODULE]: api(...READING, "POST"),
  [`${SMARTHER_MODULE}/measures`]: api(...READING),
  [`${SMARTHER_MODULE}/programlist`]: api(...READING),
  [`${SMARTHER}/plants`]: api(...READING),
  [`${SMARTHER}/plants/[plantId]/subscription`]: api("POST"),
  [`${SMARTHER}/plants/[plantId]/subscription/[subscriptionId]`]: api("DELETE"),
  [`${SMARTHER}/plants/[plantId]/topology`]: api(...READING),
  [`${SMARTHER}/subscription`]: api(...READING),
  "/legrand/apis": SANDBOX_PAGE,
  "/legrand/apis/[operation]": SANDBOX_PAGE,
  "/legrand/apis/key": SANDBOX_FORM,
  "/legrand/apis/openapi.json": FILE,
  "/legrand/logos/[file]": FILE,

  "/legrand": SIGN_IN_PAGE,
  "/legrand/authorization-error": SIGN_IN_PAGE,
  "/legrand/forgotten-password": SIGN_IN_PAGE,
  "/legrand/forgotten-password/check-mail": SIGN_IN_PAGE,
  "/legrand/forgotten-password/submit": SANDBOX_FORM,
  "/legrand/interaction/[uid]": { ...PASSWORD_PAGE, connectStep: "later", leadsToApplication: "interaction" },
  "/legrand/interaction/[uid]/after-mail": STEP_FORM,
  "/legrand/interaction/[uid]/consent": STEP_FORM,
  "/legrand/interaction/[uid]/continue": STEP_FORM,
  "/legrand/interaction/[uid]/sign-in": STEP_FORM,
  "/legrand/interaction/[uid]/sign-out": STEP_FORM,
  "/legrand/reset-password": PASSWORD_PAGE,
  "/legrand/reset-password/submit": SANDBOX_FORM,
  "/legrand/sign-in": PASSWORD_PAGE,
  "/legrand/sign-in/submit": SANDBOX_FORM,
  "/legrand/sign-out": SANDBOX_FORM,
  "/legrand/sign-up": SIGN_IN_PAGE,
  "/legrand/sign-up/check-mail": SIGN_IN_PAGE,
  "/legrand/sign-up/confirm": PASSWORD_PAGE,
  "/legrand/sign-up/confirm/submit": SANDBOX_FORM,
  "/legrand/sign-up/submit": SANDBOX_FORM,

  "/legrand/account": { ...PORTAL_PAGE, ...WITH_PASSWORD },
  "/legrand/account/delete": { ...PORTAL_PAGE, ...WITH_PASSWORD },
  "/legrand/account/delete/submit": PORTAL_FORM,
  "/legrand/account/details": PORTAL_FORM,
  "/legrand/account/password": PORTAL_FORM,
  "/legrand/applications": PORTAL_PAGE,
  "/legrand/applications/[clientId]": PORTAL_PAGE,
  "/legrand/applications/[clientId]/access": PORTAL_PAGE,
  "/legrand/applications/[clientId]/attempts": PORTAL_PAGE,
  "/legrand/applications/[clientId]/credentials": PORTAL_PAGE,
  "/legrand/applications/[clientId]/delete": PORTAL_PAGE,
  "/legrand/applications/[clientId]/delete/submit": PORTAL_FORM,
  "/legrand/applications/[clientId]/edit": PORTAL_PAGE,
  "/legrand/applications/[clientId]/edit/[step]": PORTAL_PAGE,
  "/legrand/applications/[clientId]/edit/[step]/submit": UPLOAD_FORM,
  "/legrand/applications/[clientId]/history": PORTAL_PAGE,
  "/legrand/applications/[clientId]/reply-urls-and-scopes": PORTAL_PAGE,
  "/legrand/applications/[clientId]/reply-urls/register": {
    ...PORTAL_PAGE,
    isScriptless: true,
    leadsToApplication: "refused request",
  },
  "/legrand/applications/[clientId]/reply-urls/register/start": PORTAL_FORM,
  "/legrand/applications/[clientId]/reply-urls/register/submit": PORTAL_FORM,
  "/legrand/applications/[clientId]/resume": PORTAL_FORM,
  "/legrand/applications/[clientId]/secrets": PORTAL_FORM,
  "/legrand/applications/[clientId]/secrets/[secretId]/delete": PORTAL_PAGE,
  "/legrand/applications/[clientId]/secrets/[secretId]/delete/submit": PORTAL_FORM,
  "/legrand/applications/[clientId]/settings": PORTAL_PAGE,
  "/legrand/applications/[clientId]/suspend": PORTAL_PAGE,
  "/legrand/applications/[clientId]/suspend/submit": PORTAL_FORM,
  "/legrand/applications/drafts/[draftId]/delete": PORTAL_FORM,
  "/legrand/applications/new": PORTAL_PAGE,
  "/legrand/applications/new/[step]": PORTAL_PAGE,
  "/legrand/applications/new/[step]/save": PORTAL_FORM,
  "/legrand/applications/new/[step]/submit": UPLOAD_FORM,
  "/legrand/mail": MAIL_PAGE,
  "/legrand/mail/[id]": MAIL_PAGE,
  "/legrand/mail/[id]/download": MAIL_FORM,
  "/legrand/mail/delete": MAIL_FORM,
  "/legrand/subscriptions": PORTAL_PAGE,
  "/legrand/subscriptions/[id]/cancel": PORTAL_FORM,
  "/legrand/subscriptions/[id]/regenerate": PORTAL_FORM,
  "/legrand/subscriptions/subscribe": PORTAL_FORM,
  "/legrand/third-party-access": PORTAL_PAGE,
  "/legrand/third-party-access/[clientId]/homes": PORTAL_FORM,
  "/legrand/third-party-access/[clientId]/remove": PORTAL_PAGE,
  "/legrand/third-party-access/[clientId]/remove/submit": PORTAL_FORM,
  "/legrand/third-party-access/[clientId]/take-back": PORTAL_FORM,
};
