import { PROGRAMS } from "#lib/legrand/smarther/programs-constants.ts";
import { FUNCTIONS, MODES, SET_POINT_RANGE } from "#lib/legrand/smarther/settings-schema.ts";
import type { Schema } from "#lib/legrand/openapi/openapi.ts";

const object = (properties: Record<string, Schema>, optional: string[] = []): Schema => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});
const list = (items: Schema): Schema => ({ type: "array", items });
const text = (description?: string): Schema => ({ type: "string", ...(description ? { description } : {}) });
const id = (description: string): Schema => ({ type: "string", format: "uuid", description });
const time = (description: string): Schema => ({ type: "string", format: "date-time", description });
const oneOf = (values: readonly string[], description: string): Schema => ({
  type: "string",
  enum: values,
  description,
});
const named = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
/** A number, which the API sends as a string. */
const numeric = (description: string): Schema => ({
  type: "string",
  pattern: "^-?\\d+(\\.\\d+)?$",
  description,
});

const inAnswers = (values: readonly string[]) => values.map((value) => value.toUpperCase());

const measures = (unit: string, what: string): Schema =>
  object({
    measures: list(
      object({
        timeStamp: time("When it was measured."),
        value: numeric(what),
        unit: oneOf([unit], "Its unit."),
      }),
    ),
  });

const sender = object({
  addressType: oneOf(["addressLocation"], "How the module is addressed."),
  system: oneOf(["thermoregulation"], "What it belongs to."),
  plant: object({ id: id("The home."), module: object({ id: id("The thermostat.") }) }),
});

/** Every schema of the document that has a name, by name. */
export const SCHEMAS: Record<string, Schema> = {
  Error: object({
    statusCode: { type: "integer", description: "The status of the answer once more." },
    message: text("What is wrong, in English."),
  }),
  Plants: object({
    plants: list(
      object({
        id: id("The home’s ID, used in the paths of the other operations."),
        name: text("The name that its owner gave it."),
        type: text("What kind of installation it is."),
      }),
    ),
  }),
  Topology: object({
    plant: object({
      id: id("The home."),
      name: text("The name that its owner gave it."),
      modules: list(
        object({
          device: text("What it is: `chronothermostat` for a thermostat."),
          id: id("The module, in the paths of a thermostat’s operations."),
          name: text("The name that its owner gave it, mostly the room."),
          capabilities: list(object({ capability: text("Something that it can do.") })),
        }),
      ),
    }),
  }),
  Temperature: object({ value: numeric("The temperature."), unit: oneOf(["C"], "Degrees Celsius.") }),
  Thermometer: measures("C", "The temperature in the room."),
  Hygrometer: measures("%", "The relative humidity."),
  Sender: sender,
  Chronothermostats: object({
    chronothermostats: {
      ...list(
        object(
          {
            function: oneOf(inAnswers(FUNCTIONS), "Whether it heats or cools."),
            mode: oneOf(
              inAnswers(MODES),
              "What sets the temperature: the program, a manual setting, or another mode.",
            ),
            setPoint: named("Temperature"),
            programs: list(
              object({
                number: { type: "integer", description: "The program that is followed in automatic mode." },
              }),
            ),
            temperatureFormat: oneOf(["C"], "How temperatures are shown at the thermostat."),
            loadState: oneOf(["ACTIVE", "INACTIVE"], "Whether it heats or cools right now."),
            activationTime: text(
              "When a manual or boost setting ends, in the local time of the home, such as 2026-11-23T18:00:00. Absent in the other modes. It has an offset if the application sets that under Compatibility.",
            ),
            time: time("When this was read."),
            thermometer: named("Thermometer"),
            hygrometer: named("Hygrometer"),
            sender: named("Sender"),
          },
          ["activationTime"],
        ),
      ),
      minItems: 1,
    },
  }),
  Measures: object({
    thermometer: named("Thermometer"),
    hygrometer: named("Hygrometer"),
    sender: named("Sender"),
  }),
  ProgramList: object({
    chronothermostats: {
      ...list(
        object({
          programs: list(
            object({
              number: { type: "integer", description: "To be named when the mode is set to automatic." },
              name: text("The name that its owner gave it."),
            }),
          ),
          sender: named("Sender"),
        }),
      ),
      minItems: 1,
    },
  }),
  SetStatus: object(
    {
      function: oneOf(FUNCTIONS, "Whether it is to heat or to cool; unchanged if absent."),
      mode: oneOf(MODES, "What it is to follow: lower case here, upper case in answers."),
      setPoint: object(
        {
          value: {
            type: "number",
            minimum: SET_POINT_RANGE.min,
            maximum: SET_POINT_RANGE.max,
            description: "In °C. Manual mode needs one.",
          },
          unit: oneOf(["C"], "Degrees Celsius."),
        },
        ["unit"],
      ),
      programs: {
        ...list(
          object({
            number: {
              type: "integer",
              enum: PROGRAMS.map(({ number }) => number),
              description: "The program to follow in automatic mode: a number of the list of programs.",
            },
          }),
        ),
        maxItems: 1,
      },
      activationTime: text(
        "When manual or boost mode is to end, such as 2026-11-23T18:00:00: the clock in the house, unless there is an offset. For a boost also begin/end, 1 to 90 minutes apart; without a time it takes 30 minutes.",
      ),
    },
    ["function", "setPoint", "programs", "activationTime"],
  ),
  NewSubscription: object({
    EndPointUrl: { type: "string", format: "uri", description: "Where notifications are posted to." },
  }),
  SubscriptionId: object({ subscriptionId: id("The subscription to notifications.") }),
  Subscriptions: list(
    object(
      {
        subscriptionId: id("The subscription to notifications."),
        plantId: id("The home."),
        EndPointUrl: text("Where its notifications are posted to."),
        bannedUntil: time("Until when nothing is posted there, after too many failures; absent otherwise."),
      },
      ["bannedUntil"],
    ),
  ),
  Notification: list(
    object({
      id: id("The notification."),
      eventType: oneOf(["DeviceToCloud"], "Where it comes from."),
      subject: text("The home."),
      eventTime: time("When it happened."),
      data: object({
        chronothermostats: list({
          type: "object",
          description: "The thermostat as its state has it; here numbers of programs are strings.",
        }),
      }),
      subjectElements: object({ plantId: text("The home, behind bs_cloud_.") }),
    }),
  ),
};
