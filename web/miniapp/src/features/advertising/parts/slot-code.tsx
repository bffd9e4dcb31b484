/** The code and link of a slot: who has either can book it, public or private. */
import type { ReactNode } from "react";
import { useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Cell, Section } from "../../../../../kit/list.tsx";
import { copyText } from "../../../../../kit/money.tsx";
import type { Slot } from "../queries.ts";
import { ShareCell } from "./share-cell.tsx";

export function SlotCode({ slot, code }: { slot: Slot; code: string }): ReactNode {
  const t = useWords();
  const { deepLink } = slot;
  const copy = (text: string) => void copyText(text, t("kit:copied"), t("kit:copyFailed"));
  return (
    <Section header={t("ads:slots.code")} footer={t("ads:slots.codeFooter")}>
      <output className="code-display">{code}</output>
      <Cell
        look="action"
        before={<Icon name="copy" />}
        title={t("ads:slots.copyCode")}
        onClick={() => copy(code)}
      />
      {deepLink && <ShareCell what={{ slotCode: code }} url={deepLink} text={slot.channel.title} />}
    </Section>
  );
}
