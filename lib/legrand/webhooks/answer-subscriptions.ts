import type { IncomingRequest } from "#lib/http/incoming-request.ts";
import { isOnThisMachine } from "#lib/http/this-machine.ts";
import { isUuid } from "#lib/is-uuid.ts";
import { endPointSchema } from "#lib/legrand/webhooks/end-point-schema.ts";
import {
  addNotificationSubscription,
  deleteNotificationSubscription,
  listNotificationSubscriptions,
} from "#lib/legrand/webhooks/store.ts";
import {
  answerDone,
  answerJson,
  answerNotFound,
  answerNothing,
  answerRefusal,
} from "#lib/legrand/smarther/answers.ts";
import { formatUtc } from "#lib/legrand/smarther/house-time.ts";
import { readJsonBody } from "#lib/legrand/smarther/read-json-body.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";
import { findSharedHome } from "#lib/legrand/smarther/shared-home.ts";

/**
 * Subscribes the application to a home. Answers 201 with the subscription's identifier, or 409 if there
 * already is one (Legrand, C2C webhooks). Only a program on this machine may name a local endpoint. Any other
 * caller could make the sandbox post into a network that the caller cannot reach (SSRF).
 */
export async function answerSubscribe(
  access: Access,
  parameters: Record<string, string>,
  request: IncomingRequest,
): Promise<Response> {
  const mayBeLocal = isOnThisMachine(request.headers);
  const body = await readJsonBody(request, endPointSchema(mayBeLocal));
  if (!body.ok) return answerRefusal(430, body.message);
  const home = findSharedHome(access, parameters);
  const outcome = home
    ? await addNotificationSubscription(access, home, { endPointUrl: body.value.EndPointUrl, mayBeLocal })
    : "not_found";
  if (outcome === "not_found") return answerNotFound();
  if (outcome === "subscribed")
    return answerRefusal(409, "The application has a subscription to this plant already");
  return answerJson({ subscriptionId: outcome.id }, 201);
}

/**
 * Lists the application's subscriptions to homes of the account, or answers 204 if there are none. For a
 * banned endpoint, says until when it is banned.
 */
export async function answerSubscriptions(access: Access): Promise<Response> {
  const subscriptions = await listNotificationSubscriptions(access);
  if (subscriptions.length === 0) return answerNothing();
  return answerJson(
    subscriptions.map(({ id, plantId, endPointUrl, bannedUntil }) => ({
      subscriptionId: id,
      plantId,
      EndPointUrl: endPointUrl,
      ...(bannedUntil && { bannedUntil: formatUtc(bannedUntil) }),
    })),
  );
}

/** Ends a subscription. Answers 200, or 404 if the application has no such subscription. */
export async function answerUnsubscribe(
  access: Access,
  parameters: Record<string, string>,
): Promise<Response> {
  const home = findSharedHome(access, parameters);
  const id = (parameters.subscriptionId ?? "").toLowerCase();
  const isDeleted = home && isUuid(id) && (await deleteNotificationSubscription(access, home, id));
  return isDeleted ? answerDone() : answerNotFound();
}
