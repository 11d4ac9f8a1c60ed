import { LineDrawing } from "#components/ui/drawing.tsx";
import { Plate } from "#components/ui/plate.tsx";

/** Shown without any third-party access: says what will be listed here, and how that happens. */
export function NoAccessGrantedView() {
  return (
    <Plate className="flex flex-wrap items-center gap-x-6 gap-y-3 p-5 sm:p-8">
      <LineDrawing name="no-access" party="legrand" />
      <div className="min-w-0 flex-1 basis-64">
        <h2 className="text-lg">No application has access to your home</h2>
        <p className="mt-2 max-w-text text-ink-muted">
          An application that wants to see or control something in your home sends you to Legrand, where you
          choose what you allow. It is then listed here, where you can see its permissions and its last use,
          and take them back.
        </p>
        <p className="mt-2 max-w-text text-ink-muted">
          To try it, go to <a href="/">Connect</a> and press{" "}
          <b className="font-semibold text-ink">Connect Legrand</b>.
        </p>
      </div>
    </Plate>
  );
}
