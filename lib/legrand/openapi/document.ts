import { APIS, HOME_CONTROL_PATH, urlOf } from "#lib/legrand/openapi/apis-constants.ts";
import { HOME_CONTROL_OPERATIONS } from "#lib/legrand/openapi/home-control-operations.ts";
import { HOME_CONTROL_SCHEMAS } from "#lib/legrand/openapi/home-control-schemas.ts";
import { NOTIFICATION_OPERATIONS } from "#lib/legrand/openapi/notification-operations.ts";
import type { Paths } from "#lib/legrand/openapi/openapi.ts";
import { PLANT_OPERATIONS } from "#lib/legrand/openapi/plant-operations.ts";
import { SCHEMAS } from "#lib/legrand/openapi/smarther-schemas.ts";
import { THERMOSTAT_OPERATIONS } from "#lib/legrand/openapi/thermostat-operations.ts";
import { SCOPES } from "#lib/legrand/scopes.ts";
import { SUBSCRIPTION_KEY_HEADER } from "#lib/legrand/subscriptions/subscription-constants.ts";

/**
 * Every operation of the APIs. It is the only source for the catalogue, the scopes step and the served
 * document.
 */
export const PATHS: Paths = {
  ...PLANT_OPERATIONS,
  ...THERMOSTAT_OPERATIONS,
  ...NOTIFICATION_OPERATIONS,
  ...HOME_CONTROL_OPERATIONS,
};

/**
 * Returns both APIs of the sandbox with that issuer as one OpenAPI 3.1 document. The paths of the Home +
 * Control API begin with its address and name their own server, because two paths of one document cannot be
 * equal and both APIs have `/plants`.
 */
export function openApiDocument(issuer: string) {
  return {
    openapi: "3.1.1",
    info: {
      title: "Smarther API and Home + Control API",
      version: "2.0",
      summary: "Homes, thermostats, lights, plugs and shutters of people who connected their Legrand account",
      description:
        "As the Legrand sandbox answers it: a local copy, not the real cloud, and not affiliated with Legrand.",
    },
    servers: [{ url: urlOf(issuer, APIS[0]!), description: "The sandbox" }],
    externalDocs: { url: `${issuer}/apis`, description: "The same API to read and to try" },
    paths: Object.fromEntries(
      Object.entries(PATHS).map(([path, item]) => [
        path,
        path.startsWith(HOME_CONTROL_PATH)
          ? { servers: [{ url: `${issuer}/api`, description: "The sandbox" }], ...item }
          : item,
      ]),
    ),
    components: {
      schemas: { ...SCHEMAS, ...HOME_CONTROL_SCHEMAS },
      securitySchemes: securitySchemes(issuer),
    },
  };
}

function securitySchemes(issuer: string) {
  // Identity scopes open no operation, and are not part of the API.
  const scopes = Object.fromEntries(
    SCOPES.filter(({ family }) => family !== "identity").map(({ name, label }) => [name, label]),
  );
  return {
    legrand: {
      type: "oauth2",
      description: "The access token of the person, as Authorization: Bearer.",
      flows: {
        authorizationCode: {
          authorizationUrl: `${issuer}/authorize`,
          tokenUrl: `${issuer}/token`,
          refreshUrl: `${issuer}/token`,
          scopes,
        },
      },
    },
    subscriptionKey: {
      type: "apiKey",
      in: "header",
      name: SUBSCRIPTION_KEY_HEADER,
      description: "A key of your subscription to the Starter Kit. Not the client secret.",
    },
  };
}
