import type { ReactNode } from "react";
import { AnswersPlate } from "#components/legrand/apis/answers-plate.tsx";
import { BodyDetails } from "#components/legrand/apis/body-details.tsx";
import { MethodAndPath } from "#components/legrand/apis/method-and-path.tsx";
import { Breadcrumb } from "#components/ui/breadcrumb.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { Plate } from "#components/ui/plate.tsx";
import type { DescribedOperation } from "#lib/legrand/openapi/describe-operation.ts";
import { scopeInCatalogue } from "#lib/legrand/openapi/operations-constants.ts";
import { SUBSCRIPTION_KEY_HEADER } from "#lib/legrand/subscriptions/subscription-constants.ts";

/**
 * Shows one operation: the form to try it (`children`), then its requirements, parameters and answers.
 */
export function OperationView({
  operation,
  children,
}: {
  operation: DescribedOperation;
  children: ReactNode;
}) {
  const { summary, description, method, api, path, scope, parameters, body, answers } = operation;
  return (
    <div className="grid grid-cols-1 gap-5">
      <div className="grid grid-cols-1 gap-2">
        <div>
          <Breadcrumb above={[{ word: "APIs", href: "/legrand/apis" }]} />
          <h1 className="text-xl">{summary}</h1>
        </div>
        <MethodAndPath method={method} path={path} />
        <p className="max-w-text text-ink-muted">{description}</p>
      </div>
      {children}
      <Plate as="section" aria-labelledby="needs-title">
        <h2 id="needs-title" className="border-b border-border px-5 py-4 text-md">
          What it needs
        </h2>
        <DefinitionList
          rows={[
            { term: "API", value: api.name },
            {
              term: "Scope",
              value: (
                <>
                  <a href={scopeInCatalogue(scope.name)}>{scope.label}</a>{" "}
                  <code className="block text-ink-muted">{scope.name}</code>
                </>
              ),
            },
            { term: "Access token", value: <code>Authorization: Bearer …</code> },
            { term: "Subscription key", value: <code>{SUBSCRIPTION_KEY_HEADER}: …</code> },
          ]}
        />
      </Plate>
      {parameters.length > 0 && <ParametersPlate parameters={parameters} />}
      {body && (
        <Plate as="section" aria-labelledby="body-title" className="grid grid-cols-1 gap-4 p-5">
          <div>
            <h2 id="body-title" className="text-md">
              Body
            </h2>
            <p className="text-ink-muted">
              {body.description} JSON, with <code>Content-Type: application/json</code>
              {body.isForm && ", or as a form"}.
            </p>
          </div>
          <BodyDetails body={body} label="the body" />
        </Plate>
      )}
      <AnswersPlate answers={answers} />
    </div>
  );
}

function ParametersPlate({ parameters }: Pick<DescribedOperation, "parameters">) {
  return (
    <Plate as="section" aria-labelledby="parameters-title">
      <h2 id="parameters-title" className="border-b border-border px-5 py-4 text-md">
        Parameters in the path
      </h2>
      <DefinitionList
        rows={parameters.map(({ name, description: meaning, type, example }) => ({
          term: name,
          value: (
            <>
              {meaning}{" "}
              <span className="block text-sm text-ink-muted">
                {type}, such as <code>{example}</code>
              </span>
            </>
          ),
        }))}
      />
    </Plate>
  );
}
