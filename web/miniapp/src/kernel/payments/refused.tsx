import type { ReactNode } from "react";
import { useWords, wordsOfError } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Section } from "../../../../kit/list.tsx";
import { isUnclear } from "./is-unclear.ts";

/** What happened, whether money moved, and what to do: beside the button that was pressed. */
export function Refused({ error }: { error: unknown }): ReactNode {
  const t = useWords();
  if (!error) return null;
  return (
    <div role="alert">
      <Section>
        <div className="reassure" data-tone="trouble">
          <Icon name="warning" />
          <span>{isUnclear(error) ? t("pay:unclear") : wordsOfError(t, error)}</span>
        </div>
      </Section>
    </div>
  );
}
