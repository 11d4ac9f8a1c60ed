/** A page above this one. */
export type Crumb = { word: string; href: string };

/** Shows the pages above this one, the nearest last. */
export function Breadcrumb({ above }: { above: Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="mb-1 text-sm text-ink-muted">
      <ol className="flex flex-wrap gap-x-2">
        {above.map(({ word, href }, index) => (
          <li key={href} className="flex min-w-0 gap-x-2">
            {index > 0 && <span aria-hidden="true">/</span>}
            <a
              href={href}
              className="inline-block min-h-6 wrap-anywhere pointer-coarse:min-h-11 pointer-coarse:content-center"
            >
              {word}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
