import { writeAddress, type ApiRequest } from "#components/legrand/apis/write-request.ts";
import { SUBSCRIPTION_KEY_HEADER } from "#lib/legrand/subscriptions/subscription-constants.ts";

/** The outcome: an answer of the API, or the reason why no answer arrived. */
export type TrialOutcome =
  | {
      kind: "answered";
      status: number;
      statusText: string;
      milliseconds: number;
      headers: Record<string, string>;
      body: string;
    }
  | { kind: "signed_out" }
  | { kind: "not_sent"; sentence: string };

/** The headers that a client acts on, out of those that a browser may read. */
const TELLING_HEADERS = ["Content-Type", "WWW-Authenticate", "Retry-After"];

type Credentials = {
  accessToken: string;
  /** Such as `primary-0f0a…`. The key itself is fetched. */
  keyReference: string;
};

/**
 * Sends the request from this browser like a developer's program: with the token and the key, and without
 * cookies.
 */
export async function sendRequest(
  request: ApiRequest,
  { accessToken, keyReference }: Credentials,
): Promise<TrialOutcome> {
  const token = accessToken.trim();
  if (/[^\x21-\x7e]/.test(token))
    return {
      kind: "not_sent",
      sentence: "The access token contains invalid characters. Nothing was sent: paste it again.",
    };
  try {
    const key = await fetchKey(keyReference);
    return typeof key === "string" ? await call(request, token, key) : key;
  } catch {
    return {
      kind: "not_sent",
      sentence: "The sandbox did not answer. Check that it is running, then send again.",
    };
  }
}

/** Fetches the key for this one call, and stores it nowhere. */
async function fetchKey(reference: string): Promise<string | TrialOutcome> {
  const answer = await fetch("/legrand/apis/key", {
    method: "POST",
    body: new URLSearchParams({ key: reference }),
    redirect: "manual",
  });
  if (answer.type === "opaqueredirect") return { kind: "signed_out" };
  const content = (await answer.json()) as { key?: string; error_description?: string };
  return (
    content.key ?? {
      kind: "not_sent",
      sentence: content.error_description ?? "The key could not be read. Nothing was sent.",
    }
  );
}

async function call(request: ApiRequest, token: string, key: string): Promise<TrialOutcome> {
  const begin = performance.now();
  const answer = await fetch(writeAddress(request), {
    method: request.method,
    body: request.body,
    credentials: "omit",
    cache: "no-store",
    redirect: "manual",
    headers: {
      [SUBSCRIPTION_KEY_HEADER]: key,
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(request.body === null ? {} : { "content-type": "application/json" }),
    },
  });
  const body = await answer.text();
  const milliseconds = Math.max(1, Math.round(performance.now() - begin));
  const headers = Object.fromEntries(
    TELLING_HEADERS.flatMap((name) => {
      const value = answer.headers.get(name);
      return value ? [[name, value]] : [];
    }),
  );
  return {
    kind: "answered",
    status: answer.status,
    statusText: answer.statusText,
    milliseconds,
    headers,
    body,
  };
}
