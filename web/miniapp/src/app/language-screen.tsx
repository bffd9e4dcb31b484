/** The first screen of a new person: the language, in both languages. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { Me } from "../../../../server/src/kernel/identity/shapes.ts";
import type { Language } from "../../../../server/src/platform/shapes.ts";
import { send } from "../../../kit/api.ts";
import { MainButton } from "../../../kit/button.tsx";
import { setLanguage, useLanguage, useWords, wordsOfError } from "../../../kit/i18n.ts";
import { Icon } from "../../../kit/icons.tsx";
import { ChoiceCell } from "../../../kit/list.tsx";
import { Screen } from "../../../kit/screen.tsx";
import { haptics } from "../../../kit/telegram.ts";
import { Toasts, toast } from "../../../kit/toast.tsx";
import { keys } from "../kernel/queries.ts";

const languages: readonly { code: Language; name: string; greeting: string }[] = [
  { code: "en", name: "English", greeting: "Continue in English" },
  { code: "ru", name: "Русский", greeting: "Продолжить по-русски" },
];

export function LanguageScreen(): ReactNode {
  const t = useWords();
  const shown = useLanguage();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<Language>(shown);
  const save = useMutation({
    mutationFn: () => send<Me>("PUT", "/api/users/me/preferences", { language: chosen }),
    onSuccess: (me) => client.setQueryData(keys.me, me),
    onError: (error) => toast(wordsOfError(t, error), "trouble"),
  });
  const choose = (code: Language) => {
    haptics.selection();
    setChosen(code);
    void setLanguage(code);
  };
  return (
    <Screen title={t("app:language.title")} isTitleHidden onBack={null} hasMainButton>
      <div className="hero" data-tone="safe" style={{ paddingTop: 48 }}>
        <span className="receipt-mark" style={{ width: 80, height: 80 }}>
          <Icon name="shield" size={44} />
        </span>
        <p className="screen-title">Souk</p>
        <p className="placeholder-text">{t("app:language.text")}</p>
      </div>
      <section className="section">
        <h2 className="section-header" id="language-title">
          {t("app:language.title")}
        </h2>
        <div className="section-body" role="radiogroup" aria-labelledby="language-title">
          {languages.map(({ code, name, greeting }) => (
            <ChoiceCell
              key={code}
              title={name}
              subtitle={greeting}
              isChosen={chosen === code}
              onChoose={() => choose(code)}
            />
          ))}
        </div>
      </section>
      <MainButton text={t("app:language.go")} isLoading={save.isPending} onClick={() => save.mutate()} />
      <Toasts />
    </Screen>
  );
}
