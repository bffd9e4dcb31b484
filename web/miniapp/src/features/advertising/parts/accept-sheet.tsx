/** Says once more what is accepted and what will follow; the advertiser chooses with which draft of the campaign it begins. */
import { type ReactNode, useState } from "react";
import { formatAmount } from "../../../../../kit/amount.ts";
import { Button } from "../../../../../kit/button.tsx";
import { serverNow } from "../../../../../kit/clock.ts";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Section } from "../../../../../kit/list.tsx";
import { Sheet } from "../../../../../kit/sheet.tsx";
import { dateTime } from "../../../../../kit/time.ts";
import { shortFormat } from "../names.ts";
import type { Offer } from "../queries.ts";
import { DraftChoice } from "./draft-choice.tsx";

export function AcceptSheet(props: {
  offer: Offer;
  isBusy: boolean;
  onClose: () => void;
  onAccept: (body: { creativeId?: string }) => void;
}): ReactNode {
  const { offer } = props;
  const t = useWords();
  const language = useLanguage();
  const campaignId = offer.role === "advertiser" ? (offer.campaign?.id ?? null) : null;
  const [creativeId, setCreativeId] = useState(offer.creativeId);
  return (
    <Sheet title={t("ads:accept.title")} onClose={props.onClose} testId="accept-sheet">
      <Section>
        <div className="reassure" data-tone="done">
          <Icon name="check" />
          <span>
            {t(`ads:accept.${offer.role}`, {
              price: formatAmount(offer.terms.price, language),
              format: shortFormat(offer.terms.format),
              at: dateTime(offer.terms.postAt, serverNow(), language),
            })}
          </span>
        </div>
        <div className="reassure" data-tone="safe">
          <Icon name="lock" />
          <span>{t("ads:accept.next")}</span>
        </div>
      </Section>
      {campaignId && <DraftChoice campaignId={campaignId} chosen={creativeId} onChoose={setCreativeId} />}
      <div className="sheet-actions">
        <Button
          onClick={() => props.onAccept(creativeId ? { creativeId } : {})}
          isLoading={props.isBusy}
          testId="accept"
        >
          {t("ads:accept.button")}
        </Button>
        <Button look="plain" onClick={props.onClose}>
          {t("ads:accept.no")}
        </Button>
      </div>
    </Sheet>
  );
}
