/** How a channel is found by advertisers: subjects, language, the mark of the registry, and whether it is open at all. */
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import type { ChannelLanguage } from "../../../../../../server/src/markets/channels/advertising/shapes.ts";
import type { Category } from "../../../../../../server/src/markets/channels/shapes.ts";
import { MainButton } from "../../../../../kit/button.tsx";
import { Field, focusFirstError } from "../../../../../kit/form.tsx";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Section, SwitchCell } from "../../../../../kit/list.tsx";
import { QueryView, Screen } from "../../../../../kit/screen.tsx";
import { haptics } from "../../../../../kit/telegram.ts";
import { toast } from "../../../../../kit/toast.tsx";
import { categories } from "../../../kernel/channel-categories.ts";
import { useBack } from "../../../kernel/navigation.ts";
import { useChange } from "../changes.ts";
import { languageName, languages } from "../names.ts";
import { ManyPills, OnePill } from "../parts/pills.tsx";
import { type OwnChannel, useOwnChannel } from "../queries.ts";

const CATEGORIES_MAX = 3;
const NUMBER = /^[A-Za-z0-9-]{3,40}$/;

export default function ProfileScreen({ id }: { id: string }): ReactNode {
  const t = useWords();
  const back = useBack();
  const query = useOwnChannel(id);
  return (
    <Screen title={t("ads:profile.title")} lead={query.data?.title} onBack={back} hasMainButton>
      <QueryView query={query}>{(channel) => <Editor key={id} channel={channel} />}</QueryView>
    </Screen>
  );
}

function Editor({ channel }: { channel: OwnChannel }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const [, navigate] = useLocation();
  const before = channel.profile;
  const [subjects, setSubjects] = useState<readonly Category[]>(before?.categories ?? []);
  const [spoken, setSpoken] = useState<ChannelLanguage>(before?.language ?? (language as ChannelLanguage));
  const [isOpen, setOpen] = useState(before?.isOpen ?? true);
  const [number, setNumber] = useState(before?.registryMark?.number ?? "");
  const [isChecked, setChecked] = useState(false);
  const isNumberWrong = number.trim() !== "" && !NUMBER.test(number.trim());
  const save = useChange(() => {
    toast(t(before ? "ads:profile.saved" : "ads:profile.opened"), "done");
    navigate(`/channels/${channel.id}/manage`, { replace: true });
  });
  const submit = () => {
    setChecked(true);
    if (subjects.length === 0 || isNumberWrong) {
      haptics.error();
      return focusFirstError();
    }
    save.mutate({
      method: "PUT",
      path: `/api/channels/${channel.id}/profile`,
      body: {
        categories: subjects,
        language: spoken,
        isOpen,
        registryNumber: number.trim() === "" ? null : number.trim(),
      },
    });
  };
  return (
    <>
      <ManyPills
        header={t("ads:profile.subjects")}
        error={isChecked && subjects.length === 0 ? t("ads:problem.categories") : null}
        options={categories}
        nameOf={(one) => t(`ads:category.${one}`)}
        chosen={subjects}
        max={CATEGORIES_MAX}
        onChange={setSubjects}
      />
      <OnePill
        header={t("ads:filter.language")}
        options={languages}
        nameOf={(code) => languageName(t, code, language)}
        chosen={spoken}
        onChange={(code) => code && setSpoken(code)}
      />
      <Section header={t("ads:law.header")} footer={t("ads:law.ownFooter")}>
        <Field
          label={t("ads:law.registryNumber")}
          value={number}
          max={40}
          onChange={setNumber}
          error={isChecked && isNumberWrong ? t("ads:problem.registryNumber") : null}
        />
      </Section>
      <Section footer={t("ads:profile.isOpenFooter")}>
        <SwitchCell title={t("ads:profile.isOpen")} isOn={isOpen} onChange={setOpen} />
      </Section>
      <MainButton
        text={t(before ? "kit:save" : "ads:profile.openButton")}
        isLoading={save.isPending}
        onClick={submit}
      />
    </>
  );
}
