import { commonAnswers, json, notFound } from "#lib/legrand/openapi/answers.ts";
import type { Paths } from "#lib/legrand/openapi/openapi.ts";
import { EXAMPLE_MODULE_ID, EXAMPLE_PLANT_ID, PLANT_ID } from "#lib/legrand/openapi/parameters.ts";

const SCOPE = "topology.read";
const PLANT = { id: EXAMPLE_PLANT_ID, name: "Casa" };
const MODULE = {
  device: "chronothermostat",
  id: EXAMPLE_MODULE_ID,
  name: "Sala",
  capabilities: [{ capability: "temperature" }, { capability: "humidity" }, { capability: "setPoint" }],
};

/** Operations on homes and what is installed in them (Works with Legrand, Smarther API v2.0). */
export const PLANT_OPERATIONS: Paths = {
  "/plants": {
    get: {
      operationId: "listPlants",
      summary: "List the homes",
      description:
        "Every home that the person shares with your application. Start here: the ids are part of every other path.",
      responses: {
        200: {
          description: "The homes.",
          content: json(
            { $ref: "#/components/schemas/Plants" },
            { plants: { summary: "One home", value: { plants: [{ ...PLANT, type: "home" }] } } },
          ),
        },
        204: { description: "The person has no home, or shares none." },
        ...commonAnswers(SCOPE),
      },
      security: [{ legrand: [SCOPE], subscriptionKey: [] }],
    },
  },
  "/plants/{plantId}/topology": {
    get: {
      operationId: "getTopology",
      summary: "Describe the rooms and products of a home",
      description: "What is installed in a home. A thermostat has the name of its room.",
      parameters: [PLANT_ID],
      responses: {
        200: {
          description: "The modules of the home.",
          content: json(
            { $ref: "#/components/schemas/Topology" },
            { topology: { summary: "One thermostat", value: { plant: { ...PLANT, modules: [MODULE] } } } },
          ),
        },
        ...commonAnswers(SCOPE),
        ...notFound(
          "No such home. A home that the person does not share and another person’s home are answered in the same way.",
        ),
      },
      security: [{ legrand: [SCOPE], subscriptionKey: [] }],
    },
  },
};
