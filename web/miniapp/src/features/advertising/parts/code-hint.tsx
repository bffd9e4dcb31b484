/** A slot's code or link that somebody pasted into the search opens the slot. */
import type { ReactNode } from "react";
import { useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Cell, Section } from "../../../../../kit/list.tsx";

const CODE = /^[A-Za-z0-9-]{8,40}$/;

function slotCodeOf(pasted: string): string | null {
  const linked = /[?&]start(?:app)?=a_([A-Za-z0-9-]{8,40})/.exec(pasted)?.[1];
  const bare = linked ?? pasted.replace(/\s+/g, "");
  return CODE.test(bare) && /\d/.test(bare) ? bare : null;
}

export function CodeHint({ typed }: { typed: string }): ReactNode {
  const t = useWords();
  const code = slotCodeOf(typed);
  if (!code) return null;
  return (
    <Section>
      <Cell
        before={<Icon name="key" />}
        title={t("ads:catalogue.openCode")}
        subtitle={code}
        to={`/slots/${code}`}
      />
    </Section>
  );
}
