import type { ReactNode } from "react";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Plate } from "#components/ui/plate.tsx";

type QuestionPlateProps = {
  /** The address that the form is sent to. */
  action: string;
  /** The verb of the title, used as the button's label. */
  verb: string;
  /**
   * The link of the safe answer and its label. It takes the focus if nothing else has to be filled in first.
   */
  keep: { word: string; href: string; autoFocus?: boolean };
  isDanger?: boolean;
  /** What the action means, and fields if the answer needs any. */
  children: ReactNode;
};

/**
 * Asks for confirmation before something ends, in a plate as wide as its text. Its title is that of the page.
 * It needs no script.
 */
export function QuestionPlate({ action, verb, keep, isDanger = true, children }: QuestionPlateProps) {
  return (
    <Plate className="max-w-question p-5 sm:p-8">
      <form method="post" action={action} className="grid grid-cols-1 gap-5">
        {children}
        <div className="flex flex-wrap gap-3">
          <Button variant={isDanger ? "danger" : "primary"}>{verb}</Button>
          <ButtonLink variant="secondary" href={keep.href} autoFocus={keep.autoFocus}>
            {keep.word}
          </ButtonLink>
        </div>
      </form>
    </Plate>
  );
}
