import { ButtonLink } from "#components/ui/button.tsx";

type PageLinksProps = {
  first: string | null;
  previous: string | null;
  next: string | null;
  sizes: { size: number; href: string; isCurrent: boolean }[];
};

/** Shows links to the next and previous page, and the page size. */
export function PageLinks({ first, previous, next, sizes }: PageLinksProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <nav aria-label="Pages" className="flex flex-wrap gap-3 empty:hidden">
        {first && (
          <ButtonLink href={first} variant="secondary">
            First page
          </ButtonLink>
        )}
        {previous && (
          <ButtonLink href={previous} rel="prev" variant="secondary">
            Previous page
          </ButtonLink>
        )}
        {next && (
          <ButtonLink href={next} rel="next" variant="secondary">
            Next page
          </ButtonLink>
        )}
      </nav>
      <nav aria-label="Rows on a page" className="flex items-center gap-2 text-sm text-ink-muted">
        <span>Rows on a page</span>
        {sizes.map(({ size, href, isCurrent }) => (
          <a
            key={size}
            href={href}
            aria-current={isCurrent ? "true" : undefined}
            className="flex min-h-9 items-center px-2 aria-[current=true]:font-semibold aria-[current=true]:text-ink aria-[current=true]:no-underline pointer-coarse:min-h-11"
          >
            {size}
          </a>
        ))}
      </nav>
    </div>
  );
}
