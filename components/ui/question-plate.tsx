import type { ReactNode } from "react";
import { OnceForm } from "#components/ui/once-form.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Plate } from "#components/ui/plate.tsx";

type QuestionPlateProps = {
  /** Where the form is sent. */
  action: string;
  /** The verb of the title, on the button. */
  verb: string;
  /**
   * Where the safe answer leads, and its words; with the focus, where nothing else has to be filled in first.
   */
  keep: { word: string; href: string; autoFocus?: boolean };
  isDanger?: boolean;
  /** What it means, and fields if the answer needs any. */
  children: ReactNode;
};

/** The second step before something ends; its title is the page's. It needs no script. */
export function QuestionPlate({ action, verb, keep, isDanger = true, children }: QuestionPlateProps) {
  return (
    <Plate className="p-5 sm:p-8">
      <OnceForm action={action} className="grid max-w-text grid-cols-1 gap-5">
        {children}
        <div className="flex flex-wrap gap-3">
          <Button variant={isDanger ? "danger" : "primary"}>{verb}</Button>
          <ButtonLink variant="secondary" href={keep.href} autoFocus={keep.autoFocus}>
            {keep.word}
          </ButtonLink>
        </div>
      </OnceForm>
    </Plate>
  );
}
