/** Says once more what is accepted and what will follow; the advertiser chooses with which draft of the campaign it begins. */
import { type ReactNode, useState } from "react";
import { formatAmount } from "../../../../../kit/amount.ts";
import { Button } from "../../../../../kit/button.tsx";
import { serverNow } from "../../../../../kit/clock.ts";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { ChoiceCell, Section } from "../../../../../kit/list.tsx";
import { Sheet } from "../../../../../kit/sheet.tsx";
import { dateTime } from "../../../../../kit/time.ts";
import { shortFormat } from "../names.ts";
import { type Offer, useCreatives } from "../queries.ts";

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
  const drafts = useCreatives(campaignId ?? "", campaignId !== null).data?.items ?? [];
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
      {drafts.length > 0 && (
        <section className="section">
          <h3 className="section-header" id="draft-choice">
            {t("ads:accept.draft")}
          </h3>
          <div className="section-body" role="radiogroup" aria-labelledby="draft-choice">
            {drafts.map(({ id, title }) => (
              <ChoiceCell
                key={id}
                title={title}
                isChosen={creativeId === id}
                onChoose={() => setCreativeId(id)}
              />
            ))}
            <ChoiceCell
              title={t("ads:accept.noDraft")}
              isChosen={creativeId === null}
              onChoose={() => setCreativeId(null)}
            />
          </div>
        </section>
      )}
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
