import { ButtonLink } from "#components/ui/button.tsx";

/**
 * Leads to the web site of the application that sent the request. Its developer registered the address, so
 * only a web address becomes a link, and its host is shown.
 */
export function BackToApplication({ name, url }: { name: string; url: string }) {
  const parsed = URL.parse(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <ButtonLink variant="secondary" href={url} rel="noreferrer" className="wrap-anywhere">
        {`Back to ${name}`}
      </ButtonLink>
      <span className="text-sm wrap-anywhere text-ink-subtle">{parsed.host}</span>
    </div>
  );
}
