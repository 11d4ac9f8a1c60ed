import type { Schema } from "#lib/legrand/openapi/openapi.ts";

const object = (properties: Record<string, Schema>, optional: string[] = []): Schema => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});
const list = (items: Schema): Schema => ({ type: "array", items });
const text = (description: string): Schema => ({ type: "string", description });
const id = (description: string): Schema => ({ type: "string", format: "uuid", description });
const whole = (description: string): Schema => ({ type: "integer", description });
const oneOf = (values: readonly string[], description: string): Schema => ({
  type: "string",
  enum: values,
  description,
});
const named = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

const MODULE = object(
  {
    id: id("The product, in the paths of one product."),
    name: text("The name that its owner gave it."),
    hw_type: text(
      "The hardware: NLP is a plug, NLF and NLL are lights, NBR, NBO and NBS shutters, NLT is a remote.",
    ),
    type: text("Only for a plug: what is plugged in."),
    device: oneOf(["light", "plug", "automation", "remote", "heater", "energymeter"], "What it is."),
  },
  ["type"],
);

const consumptions = list(
  object({
    unit: oneOf(["watt"], "Its unit."),
    value: whole("What is drawn now."),
    timestamp: { type: "string", format: "date-time", description: "When it was measured." },
  }),
);
const sender = object({ plant: object({ module: object({ id: id("The product.") }) }) });
const reachable: Schema = {
  type: "boolean",
  description: "Whether the gateway reaches it. If not, the other values are the last known ones.",
};
const fw = whole("The version of its firmware.");

const SWITCHED = object({
  reachable,
  status: oneOf(["on", "off"], "Whether it is on."),
  fw,
  consumptions,
  sender,
});
const AUTOMATION = object({
  reachable,
  level: whole("How far it is open now: 100 open, 0 closed. It changes while the shutter moves."),
  step: whole("The step of its levels."),
  fw,
  sender,
});
const REMOTE = object({ reachable, battery: text("How full its battery is."), fw, sender });
const METERED = object({ reachable, fw, consumptions, sender });

/** The schemas of the Home + Control API, by name. */
export const HOME_CONTROL_SCHEMAS: Record<string, Schema> = {
  HomeControlErrors: object({
    errors: list(
      object({
        userMessage: text("For the person in front of the application."),
        internalMessage: text("What is wrong."),
        code: whole("The status of the answer once more."),
      }),
    ),
  }),
  HomeControlPlants: object({
    plants: list(
      object({
        id: id("The home’s ID, used in the paths of the other operations."),
        name: text("The name that its owner gave it."),
        country: text("Where it is, ISO 3166-1."),
      }),
    ),
  }),
  HomeControlTopology: object({
    plant: object({
      id: id("The home."),
      ambients: list(
        object({
          id: id("The room."),
          name: text("The name that its owner gave it."),
          type: text("What kind of room it is, such as kitchen, bedroom, livingroom or dining_room."),
          modules: list(named("HomeControlModule")),
        }),
      ),
      modules: { ...list(named("HomeControlModule")), description: "What has no room." },
    }),
  }),
  HomeControlModule: MODULE,
  HomeControlState: object({
    modules: object({
      lights: list(SWITCHED),
      plugs: list(SWITCHED),
      automations: list(AUTOMATION),
      energymeters: list(METERED),
      remotes: list(REMOTE),
      heaters: list(METERED),
    }),
  }),
  Lights: object({ lights: list(SWITCHED) }),
  Plugs: object({ plugs: list(SWITCHED) }),
  Automations: object({ automations: list(AUTOMATION) }),
  Remotes: object({ remotes: list(REMOTE) }),
  SetStatusOfSwitch: object({ status: oneOf(["on", "off"], "What it is to be.") }),
  SetLevel: object(
    {
      level: {
        type: "integer",
        minimum: -1,
        maximum: 100,
        description: "100 opens, 0 closes, -1 stops the shutter where it is.",
      },
      ids: {
        ...list({ type: "string" }),
        description: "Sent by clients of the real API, and not looked at: the path names the shutter.",
      },
    },
    ["ids"],
  ),
};
