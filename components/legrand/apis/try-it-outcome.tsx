import { explainAnswer } from "#components/legrand/apis/explain-answer.ts";
import type { TrialOutcome } from "#components/legrand/apis/send-request.ts";
import { StatusTag } from "#components/legrand/apis/status-tag.tsx";

type Props = {
  /** The request as it was sent, with its credentials masked. */
  request: string;
  outcome: TrialOutcome;
  scope: { name: string; label: string };
};

const BLOCK = "overflow-auto rounded-control border border-border bg-sunken px-3 py-2 font-mono text-sm";

/** Shows what came back, what that means, and what was sent. */
export function TryItOutcome({ request, outcome, scope }: Props) {
  if (outcome.kind === "signed_out")
    return (
      <p>
        You are signed out, and nothing was sent. <a href="/legrand/sign-in">Sign in</a>, come back, and send
        again.
      </p>
    );
  if (outcome.kind === "not_sent") return <p>{outcome.sentence}</p>;
  const { status, statusText, milliseconds, headers, body } = outcome;
  const explanation = explainAnswer(
    {
      status,
      message: messageOf(body),
      challenge: headers["WWW-Authenticate"] ?? null,
      retryAfterSeconds: headers["Retry-After"] ?? null,
    },
    scope,
  );
  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="grid gap-1">
        <h3 className="text-md">What came back</h3>
        <p className="flex flex-wrap items-baseline gap-x-3">
          <StatusTag status={status} /> <span>{statusText}</span>{" "}
          <span className="text-ink-muted">in {milliseconds} ms</span>
        </p>
      </div>
      {explanation && <p className="max-w-text">{explanation}</p>}
      <pre className={`max-h-80 ${BLOCK}`} tabIndex={0} role="group" aria-label="Answer">
        {writeAnswer(headers, body)}
      </pre>
      <h3 className="text-md">What was sent</h3>
      <pre className={BLOCK} tabIndex={0} role="group" aria-label="Request">
        {request}
      </pre>
    </div>
  );
}

function writeAnswer(headers: Record<string, string>, body: string): string {
  const head = Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
  return [head, pretty(body) || "(no body)"].filter(Boolean).join("\n\n");
}

function pretty(body: string): string {
  const parsed = parse(body);
  return parsed === undefined ? body : JSON.stringify(parsed, null, 2);
}

function messageOf(body: string): string {
  const parsed = parse(body) as
    { message?: unknown; errors?: { internalMessage?: unknown }[] } | null | undefined;
  // The Home + Control API puts the problem into a list.
  const message = parsed?.message ?? parsed?.errors?.[0]?.internalMessage;
  return typeof message === "string" ? message : "";
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
