import { commonAnswers, json, notFound, refusal } from "#lib/legrand/openapi/answers.ts";
import type { CallbackOperation, Paths } from "#lib/legrand/openapi/openapi.ts";
import {
  EXAMPLE_PLANT_ID,
  EXAMPLE_SUBSCRIPTION_ID,
  PLANT_ID,
  SUBSCRIPTION_ID,
} from "#lib/legrand/openapi/parameters.ts";

const SCOPE = "comfort.read";
const EXAMPLE_EVENT_ID = "6f0d3a58-1f7e-4c0b-8a55-3b9e2c7d4e21";
const ENDPOINT = "https://your-application.example/notifications";

const NOTIFICATION: CallbackOperation = {
  summary: "Something changed in the home",
  description: "Posted to your address, without a signature: read the state again before you act on it.",
  requestBody: {
    required: true,
    content: json(
      { $ref: "#/components/schemas/Notification" },
      {
        changed: {
          summary: "A thermostat was set",
          value: [
            {
              id: EXAMPLE_EVENT_ID,
              eventType: "DeviceToCloud",
              subject: `///bs_cloud_${EXAMPLE_PLANT_ID}//`,
              eventTime: "2026-11-23T08:30:00Z",
              data: {
                chronothermostats: [
                  {
                    function: "HEATING",
                    mode: "MANUAL",
                    setPoint: { value: "21.00000", unit: "C" },
                    programs: [{ number: "1" }],
                  },
                ],
              },
              subjectElements: { plantId: `bs_cloud_${EXAMPLE_PLANT_ID}` },
            },
          ],
        },
      },
    ),
  },
  responses: { 200: { description: "Taken. Any status below 300 will do." } },
};

/**
 * Operations for receiving notifications of changes instead of polling (Works with Legrand, Smarther API
 * v2.0, Subscriptions).
 */
export const NOTIFICATION_OPERATIONS: Paths = {
  "/plants/{plantId}/subscription": {
    post: {
      operationId: "subscribeToPlant",
      summary: "Subscribe to the notifications of a home",
      // The notification code depends on this file, so this file cannot import its constants. A test keeps
      // the numbers equal.
      description:
        "Changes in the home are posted to your address. An answer that takes longer than 750 ms or is not below 300 is a failure; 20 of them ban the address for a while.",
      parameters: [PLANT_ID],
      requestBody: {
        description: "Where to post.",
        required: true,
        content: json(
          { $ref: "#/components/schemas/NewSubscription" },
          { endpoint: { summary: "Your address", value: { EndPointUrl: ENDPOINT } } },
        ),
      },
      responses: {
        201: {
          description: "Subscribed.",
          content: json(
            { $ref: "#/components/schemas/SubscriptionId" },
            {
              subscribed: { summary: "The subscription", value: { subscriptionId: EXAMPLE_SUBSCRIPTION_ID } },
            },
          ),
        },
        ...commonAnswers(SCOPE),
        ...notFound(
          "No such home. A home that the person does not share and another person’s home are answered in the same way.",
        ),
        ...refusal(409, "The application has a subscription to this home already.", {
          exists: {
            summary: "Subscribed already",
            message: "The application has a subscription to this plant already",
          },
        }),
        ...refusal(430, "Wrong parameters: nothing was changed.", {
          url: {
            summary: "No https address",
            message: "Wrong parameters: EndPointUrl has to begin with https://",
          },
        }),
      },
      security: [{ legrand: [SCOPE], subscriptionKey: [] }],
      callbacks: { notification: { "{$request.body#/EndPointUrl}": { post: NOTIFICATION } } },
    },
  },
  "/subscription": {
    get: {
      operationId: "listSubscriptions",
      summary: "List the subscriptions to notifications",
      description: "Those of your application to homes that this person shares with it.",
      responses: {
        200: {
          description: "The subscriptions.",
          content: json(
            { $ref: "#/components/schemas/Subscriptions" },
            {
              one: {
                summary: "One subscription",
                value: [
                  {
                    subscriptionId: EXAMPLE_SUBSCRIPTION_ID,
                    plantId: EXAMPLE_PLANT_ID,
                    EndPointUrl: ENDPOINT,
                  },
                ],
              },
            },
          ),
        },
        204: { description: "There are no subscriptions." },
        ...commonAnswers(SCOPE),
      },
      security: [{ legrand: [SCOPE], subscriptionKey: [] }],
    },
  },
  "/plants/{plantId}/subscription/{subscriptionId}": {
    delete: {
      operationId: "unsubscribeFromPlant",
      summary: "End a subscription to notifications",
      description: "Events are no longer posted.",
      parameters: [PLANT_ID, SUBSCRIPTION_ID],
      responses: {
        200: { description: "It has ended. There is nothing to read in the answer." },
        ...commonAnswers(SCOPE),
        ...notFound("No such subscription of your application to a home of this person."),
      },
      security: [{ legrand: [SCOPE], subscriptionKey: [] }],
    },
  },
};
