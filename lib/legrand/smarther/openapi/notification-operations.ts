import { commonAnswers, json, notFound, refusal } from "#lib/legrand/smarther/openapi/answers.ts";
import type { Paths } from "#lib/legrand/smarther/openapi/openapi.ts";
import { EXAMPLE_PLANT_ID, EXAMPLE_SUBSCRIPTION_ID, PLANT_ID, SUBSCRIPTION_ID } from "#lib/legrand/smarther/openapi/parameters.ts";

const SCOPE = "comfort.read";
const ENDPOINT = "https://your-application.example/notifications";

/** Being told of changes, in place of asking again and again (Works with Legrand, Smarther API v2.0, Subscriptions). */
export const NOTIFICATION_OPERATIONS: Paths = {
  "/plants/{plantId}/subscription": {
    post: {
      operationId: "subscribeToPlant",
      summary: "Subscribe to the notifications of a home",
      description: "From then on every change in the home is posted to your address.",
      parameters: [PLANT_ID],
      requestBody: {
        description: "Where to post.", required: true,
        content: json({ $ref: "#/components/schemas/NewSubscription" }, { endpoint: { summary: "Your address", value: { EndPointUrl: ENDPOINT } } }),
      },
      responses: {
        201: { description: "Subscribed.", content: json({ $ref: "#/components/schemas/SubscriptionId" }, { subscribed: { summary: "The subscription", value: { subscriptionId: EXAMPLE_SUBSCRIPTION_ID } } }) },
        ...commonAnswers(SCOPE),
        ...notFound("No such home in this person’s account; another person’s home is answered in the same way.", { unknown: "Plant not found." }),
        ...refusal(409, "The application has a subscription to this home already.", { exists: { summary: "Subscribed already", message: "There is a subscription already." } }),
        ...refusal(430, "Wrong parameters: nothing was changed.", { url: { summary: "No https address", message: "EndPointUrl must be an https address." } }),
      },
      security: [{ legrand: [SCOPE], subscriptionKey: [] }],
    },
  },
  "/subscription": {
    get: {
      operationId: "listSubscriptions",
      summary: "List the subscriptions to notifications",
      description: "Those of your application to homes of this person.",
      responses: {
        200: {
          description: "The subscriptions.",
          content: json({ $ref: "#/components/schemas/Subscriptions" }, { one: { summary: "One subscription", value: [{ subscriptionId: EXAMPLE_SUBSCRIPTION_ID, plantId: EXAMPLE_PLANT_ID, EndPointUrl: ENDPOINT }] } }),
        },
        204: { description: "There is none." },
        ...commonAnswers(SCOPE),
      },
      security: [{ legrand: [SCOPE], subscriptionKey: [] }],
    },
  },
  "/plants/{plantId}/subscription/{subscriptionId}": {
    delete: {
      operationId: "unsubscribeFromPlant",
      summary: "End a subscription to notifications",
      description: "Nothing is posted any more.",
      parameters: [PLANT_ID, SUBSCRIPTION_ID],
      responses: {
        200: { description: "It has ended. There is nothing to read in the answer." },
        ...commonAnswers(SCOPE),
        ...notFound("No such subscription of your application to a home of this person.", { unknown: "Subscription not found." }),
      },
      security: [{ legrand: [SCOPE], subscriptionKey: [] }],
    },
  },
};
