"use client";

import { useState, useSyncExternalStore, type FormEvent } from "react";

import { sendRequest, type TrialOutcome } from "#components/legrand/apis/send-request.ts";
import { TryItOutcome } from "#components/legrand/apis/try-it-outcome.tsx";
import {
  startOf,
  writeCurl,
  writeMasked,
  type ApiRequest,
  type TriedOperation,
} from "#components/legrand/apis/write-request.ts";
import { Button } from "#components/ui/button.tsx";
import { Copyable } from "#components/ui/copyable.tsx";
import { CONTROL, describedBy, FieldFrame } from "#components/ui/field-frame.tsx";
import { Field } from "#components/ui/field.tsx";

type Props = { operation: TriedOperation; keys: { value: string; label: string }[] };

const never = () => () => {};
const TOKEN_HINT = "Stays in this field: it is not stored, and not added to the URL.";

/**
 * Sends the operation from the browser. When the form is sent, the token is read from its field and the key
 * is fetched.
 */
export function TryIt({ operation, keys }: Props) {
  // Without the script, the browser would submit the form itself, with the token in the address.
  const hasScript = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const [request, setRequest] = useState<ApiRequest>(() => startOf(operation));
  const [sent, setSent] = useState<{ request: ApiRequest; outcome: TrialOutcome } | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    const fields = new FormData(event.currentTarget);
    setIsBusy(true);
    const outcome = await sendRequest(request, {
      accessToken: read(fields, "access-token"),
      keyReference: read(fields, "subscription-key"),
    });
    setSent({ request, outcome });
    setIsBusy(false);
  };
  return (
    <div className="grid grid-cols-1 items-start gap-x-8 gap-y-5 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
      <form
        method="post"
        className="grid grid-cols-1 noscript:hidden"
        autoComplete="off"
        onSubmit={(event) => void send(event)}
        onInput={(event) => setRequest(requestOf(operation, new FormData(event.currentTarget)))}
      >
        <RequestFields operation={operation} keys={keys} isBusy={isBusy} isDisabled={!hasScript} />
      </form>
      {/* Stays in the window beside a long form. */}
      <div className="grid min-w-0 grid-cols-1 gap-4 lg:sticky lg:top-6 noscript:col-span-full">
        <p role="status" className="sr-only">
          {sent && !isBusy && announce(sent.outcome)}
        </p>
        {sent ? (
          <TryItOutcome request={writeMasked(sent.request)} outcome={sent.outcome} scope={operation.scope} />
        ) : (
          <NoAnswerYet />
        )}
        <Copyable label="As a command" value={writeCurl(request)} multiline />
      </div>
    </div>
  );
}

/** Holds the place of the answer. */
function NoAnswerYet() {
  return (
    <p className="grid min-h-24 place-items-center rounded-control border border-dashed border-border-strong p-5 text-center text-sm text-ink-muted noscript:hidden">
      The answer appears here.
    </p>
  );
}

type RequestFieldsProps = Props & { isBusy: boolean; isDisabled: boolean };

function RequestFields({ operation, keys, isBusy, isDisabled }: RequestFieldsProps) {
  return (
    <fieldset disabled={isDisabled} className="grid min-w-0 grid-cols-1 gap-4">
      <KeyField keys={keys} />
      <div className="grid grid-cols-1 gap-1">
        <Field
          label="Access token"
          name="access-token"
          type="password"
          autoComplete="off"
          hint={TOKEN_HINT}
        />
        <TokenHelp scope={operation.scope.name} />
      </div>
      {operation.parameters.map(({ name, description, value }) => (
        <Field
          key={name}
          label={name}
          name={`value-${name}`}
          hint={description}
          defaultValue={value}
          autoComplete="off"
          required
        />
      ))}
      {operation.bodyExample !== null && <BodyField example={operation.bodyExample} />}
      {/* Not disabled while a request is in progress, because that would drop the focus. */}
      <div>
        <Button aria-busy={isBusy || undefined}>Send</Button>
      </div>
    </fieldset>
  );
}

/** Says where an access token comes from. */
function TokenHelp({ scope }: { scope: string }) {
  return (
    <details className="text-sm">
      <summary className="flex min-h-6 w-fit items-center underline underline-offset-3 pointer-coarse:min-h-11">
        Where do I get a token?
      </summary>
      <p className="mt-1 text-ink-muted">
        Your application gets one when a person gives it access. <em>Settings to paste</em>, under Credentials
        of your application in <a href="/legrand/applications">My Applications</a>, has the commands. The
        token needs the scope <code>{scope}</code>.
      </p>
    </details>
  );
}

function KeyField({ keys }: Pick<Props, "keys">) {
  return (
    <FieldFrame label="Subscription key" name="subscription-key" hint="Your key, read when you send.">
      <select
        id="subscription-key"
        name="subscription-key"
        className={`${CONTROL} cursor-pointer`}
        {...describedBy({ name: "subscription-key", hint: "hint" })}
      >
        {keys.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

function BodyField({ example }: { example: string }) {
  return (
    <FieldFrame label="Body" name="body" hint="JSON, sent exactly as written here.">
      <textarea
        id="body"
        name="body"
        rows={example.split("\n").length + 1}
        defaultValue={example}
        spellCheck={false}
        className={`${CONTROL} h-auto resize-y py-2 font-mono text-sm pointer-coarse:h-auto`}
        {...describedBy({ name: "body", hint: "hint" })}
      />
    </FieldFrame>
  );
}

function read(fields: FormData, name: string): string {
  const value = fields.get(name);
  return typeof value === "string" ? value : "";
}

/** Returns a short announcement for a screen reader, because the outcome appears beside the form. */
const announce = (outcome: TrialOutcome) =>
  outcome.kind === "answered" ? `The answer is ${outcome.status} ${outcome.statusText}` : "Nothing was sent";

/** Returns the form's current content, without the token. */
const requestOf = (
  { method, url, parameters, bodyExample }: TriedOperation,
  fields: FormData,
): ApiRequest => ({
  method,
  url,
  body: bodyExample === null ? null : read(fields, "body"),
  values: Object.fromEntries(parameters.map(({ name }) => [name, read(fields, `value-${name}`)])),
});
