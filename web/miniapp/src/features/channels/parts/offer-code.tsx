/** The offer code and its link: who has either can open the listing, public or private. */
import type { ReactNode } from "react";
import { useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Cell, Section } from "../../../../../kit/list.tsx";
import { copyText } from "../../../../../kit/money.tsx";
import { share } from "../../../../../kit/telegram.ts";
import { appLink } from "../../../kernel/config.ts";

export function OfferCode(props: { code: string; deepLink: string | null; title: string }): ReactNode {
  const t = useWords();
  const link = props.deepLink ?? appLink(`o_${props.code}`);
  const copy = (text: string) => void copyText(text, t("kit:copied"), t("kit:copyFailed"));
  return (
    <Section header={t("market:offer.header")} footer={t("market:offer.footer")} testId="offer">
      <output className="code-display" data-testid="offer-code">
        {props.code}
      </output>
      <Cell
        look="action"
        before={<Icon name="copy" />}
        title={t("market:offer.copyCode")}
        onClick={() => copy(props.code)}
      />
      <Cell
        look="action"
        before={<Icon name="link" />}
        title={t("market:offer.copyLink")}
        onClick={() => copy(link)}
      />
      <Cell
        look="action"
        before={<Icon name="share" />}
        title={t("market:offer.share")}
        onClick={() => share(link, props.title)}
      />
    </Section>
  );
}
