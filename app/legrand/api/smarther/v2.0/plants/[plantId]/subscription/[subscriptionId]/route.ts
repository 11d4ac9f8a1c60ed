import { answerUnsubscribe } from "#lib/legrand/webhooks/answer-subscriptions.ts";
import { NOTIFICATION_SCOPE } from "#lib/legrand/webhooks/notification-constants.ts";
import { operations } from "#lib/legrand/smarther/operations.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = operations({
  DELETE: { scope: NOTIFICATION_SCOPE, answer: answerUnsubscribe },
});
