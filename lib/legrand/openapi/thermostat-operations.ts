import { commonAnswers, json, notFound, refusal } from "#lib/legrand/openapi/answers.ts";
import type { DocumentedAnswer, Operation, Paths } from "#lib/legrand/openapi/openapi.ts";
import { EXAMPLE_MODULE_ID, EXAMPLE_PLANT_ID, MODULE_ID, PLANT_ID } from "#lib/legrand/openapi/parameters.ts";

const READ = "comfort.read";
const WRITE = "comfort.write";
const PATH =
  "/chronothermostat/thermoregulation/addressLocation/plants/{plantId}/modules/parameter/id/value/{moduleId}";

const TIME = "2026-11-23T09:30:00+00:00";
const SENDER = {
  addressType: "addressLocation",
  system: "thermoregulation",
  plant: { id: EXAMPLE_PLANT_ID, module: { id: EXAMPLE_MODULE_ID } },
};
const MEASURES = {
  thermometer: { measures: [{ timeStamp: TIME, value: "19.5", unit: "C" }] },
  hygrometer: { measures: [{ timeStamp: TIME, value: "51.9", unit: "%" }] },
};
const STATUS = {
  function: "HEATING",
  mode: "AUTOMATIC",
  setPoint: { value: "18.00000", unit: "C" },
  programs: [{ number: 1 }],
  temperatureFormat: "C",
  loadState: "INACTIVE",
  time: TIME,
  ...MEASURES,
  sender: SENDER,
};
const MANUAL = {
  ...STATUS,
  mode: "MANUAL",
  setPoint: { value: "21.00000", unit: "C" },
  loadState: "ACTIVE",
  activationTime: "2026-11-23T13:00:00",
};

const NOT_FOUND = notFound(
  "No such thermostat in a shared home (another person’s is answered in the same way), or its home’s gateway is offline.",
  { offline: { summary: "The gateway is offline", message: "Gateway offline" } },
);

function reading(
  part: { operationId: string; summary: string; description: string },
  answer: DocumentedAnswer,
): Operation {
  return {
    ...part,
    parameters: [PLANT_ID, MODULE_ID],
    responses: { 200: answer, ...commonAnswers(READ), ...NOT_FOUND },
    security: [{ legrand: [READ], subscriptionKey: [] }],
  };
}

/** Operations that read and set a thermostat (Works with Legrand, Smarther API v2.0). */
export const THERMOSTAT_OPERATIONS: Paths = {
  [PATH]: {
    get: reading(
      {
        operationId: "getStatus",
        summary: "Read the state of a thermostat",
        description:
          "Mode, set point, whether it is heating now, and what it measures. Numbers are strings, and words are upper case.",
      },
      {
        description: "The state.",
        content: json(
          { $ref: "#/components/schemas/Chronothermostats" },
          {
            automatic: { summary: "In automatic mode", value: { chronothermostats: [STATUS] } },
            manual: { summary: "Set by hand until noon", value: { chronothermostats: [MANUAL] } },
          },
        ),
      },
    ),
    post: {
      operationId: "setStatus",
      summary: "Set the mode and the temperature of a thermostat",
      description: "Takes effect at once; the temperature follows. Words are lower case here.",
      parameters: [PLANT_ID, MODULE_ID],
      requestBody: {
        description: "The mode, and what belongs to it.",
        required: true,
        content: json(
          { $ref: "#/components/schemas/SetStatus" },
          {
            manual: {
              summary: "21 °C until it is changed",
              value: { function: "heating", mode: "manual", setPoint: { value: 21, unit: "C" } },
            },
            automatic: {
              summary: "Follow program 1",
              value: { function: "heating", mode: "automatic", programs: [{ number: 1 }] },
            },
            off: { summary: "Off", value: { function: "heating", mode: "off" } },
          },
        ),
      },
      responses: {
        200: { description: "It is set. There is nothing to read in the answer." },
        ...commonAnswers(WRITE),
        ...NOT_FOUND,
        ...refusal(430, "Wrong parameters: nothing was changed.", {
          range: {
            summary: "A set point out of range",
            message: "Wrong parameters: setPoint.value has to be a number from 7 to 40 °C",
          },
          json: {
            summary: "A body that is not JSON",
            message: "Wrong parameters: the body is not JSON in UTF-8",
          },
        }),
      },
      security: [{ legrand: [WRITE], subscriptionKey: [] }],
    },
  },
  [`${PATH}/measures`]: {
    get: reading(
      {
        operationId: "getMeasures",
        summary: "Read the measures of a thermostat",
        description: "Temperature and humidity only.",
      },
      {
        description: "The measures.",
        content: json(
          { $ref: "#/components/schemas/Measures" },
          { measures: { summary: "The last ones", value: { ...MEASURES, sender: SENDER } } },
        ),
      },
    ),
  },
  [`${PATH}/programlist`]: {
    get: reading(
      {
        operationId: "listPrograms",
        summary: "List the programs of a thermostat",
        description: "The programs that automatic mode can follow.",
      },
      {
        description: "The programs.",
        content: json(
          { $ref: "#/components/schemas/ProgramList" },
          {
            programs: {
              summary: "Two programs",
              value: {
                chronothermostats: [
                  {
                    programs: [
                      { number: 1, name: "At Home" },
                      { number: 3, name: "Away" },
                    ],
                    sender: SENDER,
                  },
                ],
              },
            },
          },
        ),
      },
    ),
  },
};
