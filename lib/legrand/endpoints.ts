import { env } from "#lib/env.ts";
import type { Endpoint } from "#lib/http/endpoint.ts";
import { METADATA_OF_THE_ROOT } from "#lib/legrand/authorization-server/endpoints.ts";
import { handleRequest } from "#lib/legrand/authorization-server/handle-request.ts";
import {
  answerHomeControlPlants,
  answerHomeControlTopology,
  answerState,
} from "#lib/legrand/home-control/answer-plants.ts";
import { answerMove, answerProduct, answerSwitch } from "#lib/legrand/home-control/answer-product.ts";
import { answerUnknown } from "#lib/legrand/home-control/answers.ts";
import { homeControlOperations } from "#lib/legrand/home-control/operations.ts";
import { answerBase } from "#lib/legrand/openapi/answer-base.ts";
import { answerEcho } from "#lib/legrand/smarther/answer-echo.ts";
import { answerPlants } from "#lib/legrand/smarther/answer-plants.ts";
import { answerTopology } from "#lib/legrand/smarther/answer-topology.ts";
import { describeMeasures, describePrograms, describeStatus } from "#lib/legrand/smarther/describe-status.ts";
import { noOperations, operations } from "#lib/legrand/smarther/operations.ts";
import { answerThermostat } from "#lib/legrand/smarther/read-thermostat.ts";
import { answerSetStatus } from "#lib/legrand/webhooks/answer-set-status.ts";
import {
  answerSubscribe,
  answerSubscriptions,
  answerUnsubscribe,
} from "#lib/legrand/webhooks/answer-subscriptions.ts";
import { NOTIFICATION_SCOPE } from "#lib/legrand/webhooks/notification-constants.ts";

const API = "/legrand/api";
const SMARTHER = `${API}/smarther/v2.0`;
const HOME_CONTROL = `${API}/hc/api/v1.0`;
const MODULE = "addressLocation/plants/[plantId]/modules/parameter/id/value/[moduleId]";
const THERMOSTAT = `${SMARTHER}/chronothermostat/thermoregulation/${MODULE}`;

const reading: Endpoint = { GET: handleRequest };
const open: Endpoint = { ...reading, OPTIONS: handleRequest };
const posting: Endpoint = { POST: handleRequest };

/** The endpoints of the authorization server, by their patterns. One function distinguishes them. */
const OAUTH: Readonly<Record<string, Endpoint>> = {
  "/legrand/authorize": { ...reading, ...posting },
  "/legrand/authorize/[uid]": reading,
  "/legrand/introspect": posting,
  "/legrand/jwks": open,
  "/legrand/revoke": { ...posting, OPTIONS: handleRequest },
  "/legrand/token": { ...posting, OPTIONS: handleRequest },
  "/legrand/userinfo": { ...open, ...posting },
  [METADATA_OF_THE_ROOT]: open,
  "/legrand/.well-known/oauth-authorization-server": open,
  "/legrand/.well-known/openid-configuration": open,
  "/legrand/[clientId]/.well-known/oauth-authorization-server": open,
  "/legrand/[clientId]/.well-known/openid-configuration": open,
};

const SMARTHER_API: Readonly<Record<string, Endpoint>> = {
  [SMARTHER]: base("Smarther API v2.0"),
  [`${SMARTHER}/plants`]: operations({ GET: { scope: "topology.read", answer: answerPlants } }),
  [`${SMARTHER}/plants/[plantId]/topology`]: operations({
    GET: { scope: "topology.read", answer: answerTopology },
  }),
  [`${SMARTHER}/plants/[plantId]/subscription`]: operations({
    POST: { scope: NOTIFICATION_SCOPE, answer: answerSubscribe },
  }),
  [`${SMARTHER}/plants/[plantId]/subscription/[subscriptionId]`]: operations({
    DELETE: { scope: NOTIFICATION_SCOPE, answer: answerUnsubscribe },
  }),
  [`${SMARTHER}/subscription`]: operations({
    GET: { scope: NOTIFICATION_SCOPE, answer: answerSubscriptions },
  }),
  [THERMOSTAT]: operations({
    GET: {
      scope: "comfort.read",
      answer: (access, parameters) =>
        answerThermostat(access, parameters, (...state) => ({
          chronothermostats: [describeStatus(...state)],
        })),
    },
    POST: { scope: "comfort.write", answer: answerSetStatus },
  }),
  [`${THERMOSTAT}/measures`]: operations({
    GET: {
      scope: "comfort.read",
      answer: (access, parameters) => answerThermostat(access, parameters, describeMeasures),
    },
  }),
  [`${THERMOSTAT}/programlist`]: operations({
    GET: {
      scope: "comfort.read",
      answer: (access, parameters) =>
        answerThermostat(access, parameters, (address, stored, at) => ({
          chronothermostats: [describePrograms(address, stored, at)],
        })),
    },
  }),
};

const HOME_CONTROL_API: Readonly<Record<string, Endpoint>> = {
  [HOME_CONTROL]: base("Home + Control API v1.0"),
  [`${HOME_CONTROL}/[...unknown]`]: noOperations(answerUnknown),
  [`${HOME_CONTROL}/plants`]: homeControlOperations({
    GET: { scope: "topology.read", answer: answerHomeControlPlants },
  }),
  [`${HOME_CONTROL}/plants/[plantId]`]: homeControlOperations({
    GET: { scope: "topology.read", answer: answerState },
  }),
  [`${HOME_CONTROL}/plants/[plantId]/topology`]: homeControlOperations({
    GET: { scope: "topology.read", answer: answerHomeControlTopology },
  }),
  [`${HOME_CONTROL}/automation/automation/${MODULE}`]: homeControlOperations({
    GET: { scope: "automation.read", answer: answerProduct("automation") },
    POST: { scope: "automation.write", answer: answerMove },
  }),
  [`${HOME_CONTROL}/light/lighting/${MODULE}`]: homeControlOperations({
    GET: { scope: "light.read", answer: answerProduct("light") },
    POST: { scope: "light.write", answer: answerSwitch("light") },
  }),
  [`${HOME_CONTROL}/plug/energy/${MODULE}`]: homeControlOperations({
    GET: { scope: "plug.read", answer: answerProduct("plug") },
    POST: { scope: "plug.write", answer: answerSwitch("plug") },
  }),
  [`${HOME_CONTROL}/remote/remote/${MODULE}`]: homeControlOperations({
    GET: { scope: "topology.read", answer: answerProduct("remote") },
  }),
};

/**
 * Every address of the sandbox that programs call, by its pattern in the spelling of the folders of `app`. The
 * server answers these before Next (lib/server/front/answer-endpoint.ts). What it has to know about an address
 * before it answers is in lib/server/front/route-traits.ts, which has the same patterns and methods.
 */
export const SANDBOX_ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  ...OAUTH,
  [`${API}/[...unknown]`]: noOperations(),
  [`${API}/echo/resource`]: operations({ POST: { scope: "topology.read", answer: answerEcho } }),
  ...SMARTHER_API,
  ...HOME_CONTROL_API,
};

/** Returns the endpoint of an API's base address, which points to its description. */
function base(name: string): Endpoint {
  const allow = "GET, HEAD, OPTIONS";
  return {
    GET: async () => answerBase(env().sandbox!.issuer, name),
    OPTIONS: async () => new Response(null, { status: 204, headers: { allow } }),
  };
}
