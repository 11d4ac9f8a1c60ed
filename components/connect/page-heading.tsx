type PageHeadingProps = { title: string; /** The pages above this one, the nearest last. */ above: { word: string; href: string }[] };

/** The way back, and the one title of the page. */
export function PageHeading({ title, above }: PageHeadingProps) {
  return (
    <div className="mb-6">
      <nav aria-label="Breadcrumb" className="mb-1 text-sm text-ink-muted">
        <ol className="flex flex-wrap gap-x-2">
          {above.map(({ word, href }, index) => (
            <li key={href} className="flex gap-x-2">
              {index > 0 && <span aria-hidden="true">/</span>}
              <a href={href} className="inline-block min-h-6 pointer-coarse:min-h-11 pointer-coarse:content-center">{word}</a>
            </li>
          ))}
        </ol>
      </nav>
      <h1 className="text-xl wrap-anywhere">{title}</h1>
    </div>
  );
}
