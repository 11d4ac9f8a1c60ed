import { MethodAndPath } from "#components/legrand/apis/method-and-path.tsx";
import { scopeIcon } from "#components/legrand/interaction/scope-icon.ts";
import { AccessTag } from "#components/ui/access-tag.tsx";
import { Copyable } from "#components/ui/copyable.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Plate } from "#components/ui/plate.tsx";
import type { Scope } from "#lib/legrand/scopes.ts";
import type { CatalogueGroup } from "#lib/legrand/openapi/list-catalogue.ts";
import { SUBSCRIPTION_KEY_HEADER } from "#lib/legrand/subscriptions/subscription-constants.ts";

type Props = {
  groups: CatalogueGroup[];
  others: Scope[];
  /** The APIs' base addresses. */
  apis: { name: string; url: string }[];
  documentUrl: string;
  /** True if the developer has a subscription key; null without a signed-in account. */
  hasKey: boolean | null;
};

/** Lists every operation below the scope that it needs. */
export function CatalogueView({ groups, others, apis, documentUrl, hasKey }: Props) {
  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="grid gap-2">
        <h1 className="text-xl">APIs</h1>
        <p className="max-w-text text-ink-muted">
          The homes of people who gave your application access: thermostats by the Smarther API, lights, plugs
          and shutters by the Home + Control API. Each call needs their access token, with the scope of the
          operation, and your subscription key in the header{" "}
          <code className="whitespace-nowrap">{SUBSCRIPTION_KEY_HEADER}</code>.
        </p>
        {hasKey === false && (
          <p className="max-w-text">
            You have no key yet: <a href="/legrand/subscriptions">subscribe to the Starter Kit</a>. It is
            free.
          </p>
        )}
        {hasKey === null && (
          <p className="max-w-text">
            <a href="/legrand/sign-in?return_to=%2Flegrand%2Fapis">Sign in</a> to try the operations from
            their pages.
          </p>
        )}
      </div>
      <Plate className="grid grid-cols-1 gap-4 p-5">
        {apis.map(({ name, url }) => (
          <Copyable key={name} label={`Base address of the ${name}`} value={url} />
        ))}
        <p className="max-w-text text-sm text-ink-muted">
          Programs can read the <a href={documentUrl}>OpenAPI 3.1 document</a>. Calls without the required
          scope return 403 with its name. Register scopes under{" "}
          <a href="/legrand/applications">My Applications</a>.
        </p>
      </Plate>
      {groups.map((group) => (
        <Group key={group.scope.name} {...group} />
      ))}
      <Others scopes={others} />
    </div>
  );
}

function Group({ scope, operations }: CatalogueGroup) {
  const { name, label, access } = scope;
  return (
    <Plate
      as="section"
      id={name}
      aria-labelledby={`${name}-label`}
      className="scroll-mt-4 target:border-info"
    >
      <div className="flex gap-3 border-b border-border px-5 py-4">
        <Icon name={scopeIcon(scope)} className="mt-0.5 size-5" />
        <div className="min-w-0 flex-1">
          <AccessTag access={access} className="float-right mt-1 ml-3" />
          <h2 id={`${name}-label`} className="text-md">
            {label}
          </h2>
          <p className="text-sm text-ink-muted">
            Needs <code>{name}</code>
          </p>
        </div>
      </div>
      <ul aria-label={`Operations that need ${name}`} className="divide-y divide-border">
        {operations.map(({ id, method, api, path, summary }) => (
          <li key={id} className="px-5 py-3">
            <a
              href={`/legrand/apis/${id}`}
              className="mb-1 inline-block min-h-6 font-medium pointer-coarse:min-h-11 pointer-coarse:content-center"
            >
              {summary}
            </a>
            <MethodAndPath method={method} path={path} />
            <p className="mt-1 text-sm text-ink-muted">{api.name}</p>
          </li>
        ))}
      </ul>
    </Plate>
  );
}

function Others({ scopes }: { scopes: Scope[] }) {
  return (
    <section aria-labelledby="others-title" className="grid gap-2">
      <h2 id="others-title" className="text-md">
        Scopes without an operation
      </h2>
      <p className="max-w-text text-ink-muted">
        People can grant these scopes too, but Legrand documents no operations for them:{" "}
        {scopes.map(({ name }, index) => (
          <span key={name}>
            {index > 0 && ", "}
            <code>{name}</code>
          </span>
        ))}
        .
      </p>
    </section>
  );
}
