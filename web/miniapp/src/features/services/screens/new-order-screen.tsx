/** A call for help, in under a minute: everything on one page, and what is known already filled in. */
import { type ReactNode, useRef, useState } from "react";
import { useLocation, useSearch } from "wouter";
import { randomId } from "../../../../../kit/api.ts";
import { MainButton } from "../../../../../kit/button.tsx";
import { useWords } from "../../../../../kit/i18n.ts";
import { Screen } from "../../../../../kit/screen.tsx";
import { haptics, useClosingConfirmation } from "../../../../../kit/telegram.ts";
import { usePhotos } from "../../../kernel/files/use-photos.ts";
import { useBack } from "../../../kernel/navigation.ts";
import { useMe } from "../../../kernel/queries.ts";
import { categories } from "../categories.ts";
import { type Draft, emptyDraft, orderOf, wrongOf } from "../draft.ts";
import { OrderForm, PHOTOS_MAX } from "../parts/order-form.tsx";
import { useMistake } from "../parts/use-mistake.ts";
import { useCreateOrder } from "../queries.ts";
import { lastOrder } from "../remembered.ts";

/** `?category=` is known where one asks anew for the same. */
function useDraft() {
  const username = useMe().data?.username ?? null;
  const asked = new URLSearchParams(useSearch()).get("category");
  return useState<Draft>(() => ({
    ...emptyDraft(lastOrder.get(), username),
    category: categories.find((one) => one === asked) ?? null,
  }));
}

export default function NewOrderScreen(): ReactNode {
  const t = useWords();
  const back = useBack();
  const [, navigate] = useLocation();
  const [draft, setDraft] = useDraft();
  const photos = usePhotos(PHOTOS_MAX);
  const mistakes = useMistake();
  const key = useRef(randomId());
  const create = useCreateOrder({
    onDone: (order) => {
      lastOrder.set({ city: order.city, contact: order.contact ?? draft.contact });
      haptics.success();
      navigate(`/orders/${order.id}`, { replace: true });
    },
    onError: mistakes.onError,
  });
  useClosingConfirmation(draft.description !== "" && !create.isSuccess);
  const change = (part: Partial<Draft>) => {
    mistakes.clear();
    // Another order is another intention.
    key.current = randomId();
    setDraft({ ...draft, ...part });
  };
  const go = () => {
    const wrong = wrongOf(draft);
    if (wrong) return mistakes.show({ at: wrong, text: null });
    create.mutate({ ...orderOf(draft, photos.ids), key: key.current });
  };
  return (
    <Screen title={t("orders:form.title")} lead={t("orders:form.lead")} onBack={back} hasMainButton>
      <OrderForm draft={draft} photos={photos} mistake={mistakes.mistake} onChange={change} />
      <MainButton
        text={t(photos.isBusy ? "orders:form.photosBusy" : "orders:form.send")}
        isEnabled={!photos.isBusy}
        isLoading={create.isPending}
        onClick={go}
      />
    </Screen>
  );
}
