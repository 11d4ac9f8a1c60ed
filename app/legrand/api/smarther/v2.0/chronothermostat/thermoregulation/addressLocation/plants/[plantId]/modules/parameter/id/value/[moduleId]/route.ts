import { answerSetStatus } from "#lib/legrand/webhooks/answer-set-status.ts";
import { describeStatus } from "#lib/legrand/smarther/describe-status.ts";
import { operations } from "#lib/legrand/smarther/operations.ts";
import { answerThermostat } from "#lib/legrand/smarther/read-thermostat.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = operations({
  GET: {
    scope: "comfort.read",
    answer: (access, parameters) =>
      answerThermostat(access, parameters, (...state) => ({ chronothermostats: [describeStatus(...state)] })),
  },
  POST: { scope: "comfort.write", answer: answerSetStatus },
});
