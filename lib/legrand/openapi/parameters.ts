import type { Parameter } from "#lib/legrand/openapi/openapi.ts";

/** Example id of a home. */
export const EXAMPLE_PLANT_ID = "45ce4c9d-7a1f-4d43-9be7-1f0a2a6a4a51";
/** Example id of a thermostat in that home. */
export const EXAMPLE_MODULE_ID = "b0f6c1de-2d1c-4f2c-8d3e-7c0f5b9e6d10";
/** Example id of a subscription to notifications. */
export const EXAMPLE_SUBSCRIPTION_ID = "0d1b7f52-5c3e-4a86-9f0d-2e6c8a4b1f37";

const id = (name: string, description: string, example: string): Parameter => ({
  name,
  in: "path",
  required: true,
  description,
  schema: { type: "string", format: "uuid" },
  example,
});

/** The home: an id from `GET /plants`. */
export const PLANT_ID = id("plantId", "ID of the home, from GET /plants.", EXAMPLE_PLANT_ID);

/** The thermostat: an id from that home's topology. */
export const MODULE_ID = id(
  "moduleId",
  "ID of the thermostat, from the topology of the home.",
  EXAMPLE_MODULE_ID,
);

/** A product of the Home + Control API: an id from that home's topology there. */
export const PRODUCT_ID = id(
  "moduleId",
  "ID of the product, from the topology of the home in the Home + Control API.",
  EXAMPLE_MODULE_ID,
);

/** The subscription to notifications. */
export const SUBSCRIPTION_ID = id(
  "subscriptionId",
  "ID of the subscription to notifications, from GET /subscription.",
  EXAMPLE_SUBSCRIPTION_ID,
);
