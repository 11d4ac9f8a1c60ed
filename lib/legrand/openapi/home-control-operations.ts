import {
  commonAnswers,
  json,
  HOME_CONTROL_REFUSALS,
  notFoundIn,
  refusalIn,
} from "#lib/legrand/openapi/answers.ts";
import { HOME_CONTROL_PATH } from "#lib/legrand/openapi/apis-constants.ts";
import type { Content, Operation, Paths } from "#lib/legrand/openapi/openapi.ts";
import {
  EXAMPLE_MODULE_ID,
  EXAMPLE_PLANT_ID,
  PLANT_ID,
  PRODUCT_ID,
} from "#lib/legrand/openapi/parameters.ts";

const TIME = "2026-11-23T09:30:00+00:00";
const SENDER = { plant: { module: { id: EXAMPLE_MODULE_ID } } };
const consumptions = (value: number) => [{ unit: "watt", value, timestamp: TIME }];
const LIGHT = { reachable: true, status: "on", fw: 46, consumptions: consumptions(42), sender: SENDER };
const PLUG = { reachable: true, status: "off", fw: 42, consumptions: consumptions(0), sender: SENDER };
const SHUTTER = { reachable: true, level: 100, step: 100, fw: 16, sender: SENDER };
const REMOTE = { reachable: true, battery: "full", fw: 36, sender: SENDER };

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const NOT_FOUND = notFoundIn(
  HOME_CONTROL_REFUSALS,
  "No such product of this kind in a shared home; another person’s is answered in the same way.",
);

type Described = Pick<Operation, "operationId" | "summary" | "description">;

function plantOperation(described: Described, content: Content, hasPlant = true): Operation {
  return {
    ...described,
    ...(hasPlant ? { parameters: [PLANT_ID] } : {}),
    responses: {
      200: { description: "What there is.", content },
      ...commonAnswers("topology.read", HOME_CONTROL_REFUSALS),
      ...(hasPlant
        ? notFoundIn(
            HOME_CONTROL_REFUSALS,
            "No such home. A home that the person does not share and another person’s home are answered in the same way.",
          )
        : {}),
    },
    security: [{ legrand: ["topology.read"], subscriptionKey: [] }],
  };
}

function reading(scope: string, described: Described, content: Content): Operation {
  return {
    ...described,
    parameters: [PLANT_ID, PRODUCT_ID],
    responses: {
      200: { description: "A list with this one.", content },
      ...commonAnswers(scope, HOME_CONTROL_REFUSALS),
      ...NOT_FOUND,
    },
    security: [{ legrand: [scope], subscriptionKey: [] }],
  };
}

function setting(
  scope: string,
  described: Described,
  description: string,
  schema: string,
  examples: Record<string, { summary: string; value: unknown }>,
  wrong: string,
): Operation {
  const content = json(ref(schema), examples);
  return {
    ...described,
    parameters: [PLANT_ID, PRODUCT_ID],
    requestBody: {
      description,
      required: true,
      content: { ...content, "application/x-www-form-urlencoded": { schema: ref(schema) } },
    },
    responses: {
      200: { description: "It is done. There is nothing to read in the answer." },
      ...refusalIn(HOME_CONTROL_REFUSALS, 400, "Wrong parameters: nothing was changed.", {
        value: { summary: "A value that is not one", message: `Wrong parameters: ${wrong}` },
      }),
      ...commonAnswers(scope, HOME_CONTROL_REFUSALS),
      ...NOT_FOUND,
      ...refusalIn(
        HOME_CONTROL_REFUSALS,
        406,
        "The product is not reachable, or the gateway of its home is offline: nothing was changed.",
        { unreachable: { summary: "Not reachable", message: "The module is not reachable" } },
      ),
    },
    security: [{ legrand: [scope], subscriptionKey: [] }],
  };
}

const pathOf = (kind: string) =>
  `${HOME_CONTROL_PATH}/${kind}/addressLocation/plants/{plantId}/modules/parameter/id/value/{moduleId}`;

function switchOperations(kind: "light" | "plug", schema: string, body: object): Paths[string] {
  const name = kind === "light" ? "Light" : "Plug";
  return {
    get: reading(
      `${kind}.read`,
      {
        operationId: `get${name}`,
        summary: `Read the state of a ${kind}`,
        description: "Whether it is on, and what it draws.",
      },
      json(ref(schema), { state: { summary: "Its state", value: body } }),
    ),
    post: setting(
      `${kind}.write`,
      { operationId: `set${name}`, summary: `Switch a ${kind}`, description: "Takes effect at once." },
      "What it is to be.",
      "SetStatusOfSwitch",
      { on: { summary: "On", value: { status: "on" } }, off: { summary: "Off", value: { status: "off" } } },
      "status has to be on or off",
    ),
  };
}

/** Homes with their lights, plugs, shutters and remotes (Works with Legrand, Home + Control API v1.0). */
export const HOME_CONTROL_OPERATIONS: Paths = {
  [`${HOME_CONTROL_PATH}/plants`]: {
    get: plantOperation(
      {
        operationId: "listHomeControlPlants",
        summary: "List homes, each with its country",
        description: "Every home that the person shares with your application; an empty list without one.",
      },
      json(ref("HomeControlPlants"), {
        plants: {
          summary: "One home",
          value: { plants: [{ id: EXAMPLE_PLANT_ID, name: "Casa", country: "IT" }] },
        },
      }),
      false,
    ),
  },
  [`${HOME_CONTROL_PATH}/plants/{plantId}`]: {
    get: plantOperation(
      {
        operationId: "getHomeControlState",
        summary: "Read the state of all products of a home",
        description:
          "One call for the whole home. Lights, plugs and automations are empty lists without light.read, plug.read or automation.read.",
      },
      json(ref("HomeControlState"), {
        every: {
          summary: "With every scope",
          value: {
            modules: {
              lights: [LIGHT],
              plugs: [PLUG],
              automations: [SHUTTER],
              energymeters: [],
              remotes: [REMOTE],
              heaters: [],
            },
          },
        },
        little: {
          summary: "With topology.read alone",
          value: {
            modules: {
              lights: [],
              plugs: [],
              automations: [],
              energymeters: [],
              remotes: [REMOTE],
              heaters: [],
            },
          },
        },
      }),
    ),
  },
  [`${HOME_CONTROL_PATH}/plants/{plantId}/topology`]: {
    get: plantOperation(
      {
        operationId: "getHomeControlTopology",
        summary: "List the lights, plugs, shutters and remotes of a home by room",
        description: "What is installed in each room, and what has no room.",
      },
      json(ref("HomeControlTopology"), {
        topology: {
          summary: "A room with a light, and a remote",
          value: {
            plant: {
              id: EXAMPLE_PLANT_ID,
              ambients: [
                {
                  id: "7d3a1c52-0c4e-4d0b-a3f8-6a1f2b9c8e47",
                  name: "Sala",
                  type: "livingroom",
                  modules: [{ id: EXAMPLE_MODULE_ID, name: "Lampadario", hw_type: "NLF", device: "light" }],
                },
              ],
              modules: [
                {
                  id: "c1a4e0b7-5f26-4b61-8d92-3e7f0a6d5c18",
                  name: "Comando generale",
                  hw_type: "NLT",
                  device: "remote",
                },
              ],
            },
          },
        },
      }),
    ),
  },
  [pathOf("light/lighting")]: switchOperations("light", "Lights", { lights: [LIGHT] }),
  [pathOf("plug/energy")]: switchOperations("plug", "Plugs", { plugs: [PLUG] }),
  [pathOf("automation/automation")]: {
    get: reading(
      "automation.read",
      {
        operationId: "getAutomation",
        summary: "Read how far a shutter is open",
        description: "A shutter takes 20 seconds from closed to open; read in between, it is on its way.",
      },
      json(ref("Automations"), { state: { summary: "An open shutter", value: { automations: [SHUTTER] } } }),
    ),
    post: setting(
      "automation.write",
      {
        operationId: "setAutomation",
        summary: "Open, close or stop a shutter",
        description:
          "Answers when the shutter begins to move. The level that a stop leaves is read with GET.",
      },
      "The level.",
      "SetLevel",
      {
        open: { summary: "Open", value: { level: 100 } },
        close: { summary: "Close", value: { ids: ["string"], level: 0 } },
        stop: { summary: "Stop", value: { level: -1 } },
      },
      "level has to be a whole number from 0 to 100, or -1 to stop",
    ),
  },
  [pathOf("remote/remote")]: {
    get: reading(
      "topology.read",
      {
        operationId: "getRemote",
        summary: "Read the state of a remote",
        description: "Whether it is reachable, and its battery.",
      },
      json(ref("Remotes"), {
        state: { summary: "A remote with a full battery", value: { remotes: [REMOTE] } },
      }),
    ),
  },
};
