import { Breakable } from "#components/ui/breakable.tsx";
import { Breadcrumb, type Crumb } from "#components/ui/breadcrumb.tsx";

type PageHeadingProps = { title: string; /** The pages above this one, the nearest last. */ above: Crumb[] };

/** Shows the breadcrumb and the page's only title. */
export function PageHeading({ title, above }: PageHeadingProps) {
  return (
    <div className="mb-6">
      <Breadcrumb above={above} />
      <h1 className="text-xl wrap-anywhere">
        <Breakable>{title}</Breakable>
      </h1>
    </div>
  );
}
