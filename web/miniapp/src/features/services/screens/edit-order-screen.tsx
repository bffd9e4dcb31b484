/** Changing an order that nobody took yet. The city stays. */
import type { ReactNode } from "react";
import { useState } from "react";
import { MainButton } from "../../../../../kit/button.tsx";
import { useWords } from "../../../../../kit/i18n.ts";
import { QueryView, Screen, SkeletonRows } from "../../../../../kit/screen.tsx";
import { haptics, useClosingConfirmation } from "../../../../../kit/telegram.ts";
import { usePhotos } from "../../../kernel/files/use-photos.ts";
import { useBack } from "../../../kernel/navigation.ts";
import { type Draft, draftOf, orderOf, wrongOf } from "../draft.ts";
import { OrderForm, PHOTOS_MAX } from "../parts/order-form.tsx";
import { useMistake } from "../parts/use-mistake.ts";
import { type OrderDetails, useOrder, useUpdateOrder } from "../queries.ts";

export default function EditOrderScreen({ id }: { id: string }): ReactNode {
  const t = useWords();
  const back = useBack();
  return (
    <Screen title={t("orders:edit.title")} onBack={back} hasMainButton>
      <QueryView query={useOrder(id)} skeleton={<SkeletonRows rows={5} avatar={0} />}>
        {(order) => <EditForm order={order} onDone={back} />}
      </QueryView>
    </Screen>
  );
}

function EditForm({ order, onDone }: { order: OrderDetails; onDone: () => void }): ReactNode {
  const t = useWords();
  const [draft, setDraft] = useState<Draft>(() => draftOf(order));
  const [isDirty, setDirty] = useState(false);
  const photos = usePhotos(PHOTOS_MAX, order.photos);
  const mistakes = useMistake();
  const update = useUpdateOrder(order.id, {
    onDone: () => {
      haptics.success();
      onDone();
    },
    onError: mistakes.onError,
  });
  useClosingConfirmation(isDirty && !update.isSuccess);
  const save = () => {
    const wrong = wrongOf(draft);
    if (wrong) return mistakes.show({ at: wrong, text: null });
    const { city: _fixed, location, ...rest } = { location: null, ...orderOf(draft, photos.ids) };
    update.mutate({ ...rest, location });
  };
  return (
    <>
      <OrderForm
        draft={draft}
        photos={photos}
        mistake={mistakes.mistake}
        isCityFixed
        onChange={(part) => {
          mistakes.clear();
          setDirty(true);
          setDraft({ ...draft, ...part });
        }}
      />
      <MainButton
        text={t("orders:edit.save")}
        isEnabled={!photos.isBusy}
        isLoading={update.isPending}
        onClick={save}
      />
    </>
  );
}
