/** Selling a channel in three steps: which one, the words, the price. The draft lives until it is published. */
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { randomId } from "../../../../../kit/api.ts";
import { MainButton } from "../../../../../kit/button.tsx";
import { focusFirstError } from "../../../../../kit/form.tsx";
import { useWords, wordsOfError } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Screen } from "../../../../../kit/screen.tsx";
import { haptics, useClosingConfirmation } from "../../../../../kit/telegram.ts";
import { toast } from "../../../../../kit/toast.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import { useMe } from "../../../kernel/queries.ts";
import { LinkWallet } from "../../../kernel/wallet/link-wallet.tsx";
import { chosen, type Draft, emptyDraft, hashOf, priceOf, priceProblem, textProblem } from "../draft.ts";
import { OfferCode } from "../parts/offer-code.tsx";
import { PickChannel } from "../parts/pick-channel.tsx";
import { PriceStep } from "../parts/price-step.tsx";
import { TextStep } from "../parts/text-step.tsx";
import { type Listing, useCreateListing } from "../queries.ts";

const STEPS = 3;

export default function SellScreen(): ReactNode {
  const [listing, setListing] = useState<Listing | null>(null);
  return listing ? <Published listing={listing} /> : <SellSteps onPublished={setListing} />;
}

function SellSteps({ onPublished }: { onPublished: (listing: Listing) => void }): ReactNode {
  const t = useWords();
  const leave = useBack();
  const me = useMe().data;
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [step, setStep] = useState(1);
  const [isChecked, setChecked] = useState(false);
  const [isLinking, setLinking] = useState(false);
  const { publish, isPending } = usePublish(draft, onPublished);
  useClosingConfirmation(draft.title !== "" || draft.price !== "");

  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const problem =
    step === 2 ? textProblem(draft) : step === 3 ? priceProblem(draft) : draft.channel ? null : "channel";
  const forward = () => {
    setChecked(true);
    if (problem) {
      haptics.error();
      return focusFirstError();
    }
    if (step === STEPS) return me?.wallets.length === 0 ? setLinking(true) : publish();
    setChecked(false);
    setStep(step + 1);
    window.scrollTo(0, 0);
  };
  const back = () => (step === 1 ? leave() : setStep(step - 1));
  return (
    <Screen
      title={t(`market:sell.step${step}`)}
      lead={t("market:sell.step", { step, of: STEPS })}
      onBack={back}
      hasMainButton
    >
      <div className="progress" data-tone="safe" style={{ margin: "0 20px 20px" }} aria-hidden="true">
        {[1, 2, 3].map((one) => (
          <span key={one} data-on={one <= step ? "" : undefined} />
        ))}
      </div>
      {step === 1 && (
        <PickChannel chosen={draft.channel} onChoose={(channel) => change(chosen(draft, channel))} />
      )}
      {step === 2 && <TextStep draft={draft} onChange={change} isChecked={isChecked} />}
      {step === 3 && <PriceStep draft={draft} onChange={change} isChecked={isChecked} />}
      {(step > 1 || draft.channel) && (
        <MainButton
          text={t(step === STEPS ? "market:sell.publish" : "market:sell.next")}
          isLoading={isPending}
          onClick={forward}
        />
      )}
      {isLinking && (
        <LinkWallet
          onClose={() => setLinking(false)}
          onLinked={() => {
            setLinking(false);
            publish();
          }}
        />
      )}
    </Screen>
  );
}

/** One key for one draft: a second press after a lost answer finds the first listing. */
function usePublish(draft: Draft, onPublished: (listing: Listing) => void) {
  const t = useWords();
  const [key] = useState(randomId);
  const create = useCreateListing((error) => toast(wordsOfError(t, error), "trouble"));
  const publish = () => {
    const price = priceOf(draft);
    const { channel, category, title, description, visibility } = draft;
    if (!channel || !category || price === null) return;
    create.mutate(
      {
        key: `${key}-${hashOf(draft)}`,
        channelId: channel.id,
        title,
        description,
        category,
        price: { amount: price, asset: "TON" },
        visibility,
      },
      { onSuccess: onPublished },
    );
  };
  return { publish, isPending: create.isPending };
}

function Published({ listing }: { listing: Listing }): ReactNode {
  const t = useWords();
  const [, navigate] = useLocation();
  return (
    <Screen title={t("market:sell.doneTitle")} isTitleHidden onBack={() => navigate("/")} hasMainButton>
      <div className="hero" data-tone="done" style={{ paddingTop: 24 }}>
        <span className="receipt-mark">
          <Icon name="check" size={36} />
        </span>
        <p className="hero-title">{t("market:sell.doneTitle")}</p>
        <p className="placeholder-text" style={{ marginTop: 4 }}>
          {t(listing.visibility === "public" ? "market:sell.donePublic" : "market:sell.donePrivate")}
        </p>
      </div>
      {listing.code && <OfferCode code={listing.code} deepLink={listing.deepLink} title={listing.title} />}
      <MainButton
        text={t("market:sell.see")}
        onClick={() => navigate(`/listings/${listing.id}`, { replace: true })}
      />
    </Screen>
  );
}
