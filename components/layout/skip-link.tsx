/** The first element that the Tab key reaches. It skips the header and leads to the page's content. */
export function SkipLink() {
  return (
    <a
      href="#content"
      className="sr-only rounded-control bg-surface focus:not-sr-only focus:absolute focus:top-4 focus:left-4 focus:z-10 focus:px-4 focus:py-2"
    >
      Skip to content
    </a>
  );
}
