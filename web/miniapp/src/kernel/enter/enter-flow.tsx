/**
 * From a code to a signed-in browser, in two presses. The first uses the code, and nothing uses it before. The second comes when the page has said whose
 * account it is: until then nothing is shown of it, and nothing of it stays if the reader says no.
 */
import { type ReactNode, useRef, useState } from "react";
import type { Me } from "../../../../../server/src/kernel/identity/shapes.ts";
import { Button } from "../../../../kit/button.tsx";
import { setLanguage, useWords, wordsOfError } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Avatar } from "../../../../kit/list.tsx";
import { copyText } from "../../../../kit/money.tsx";
import { ApiError } from "../../../../kit/problem.ts";
import { Screen } from "../../../../kit/screen.tsx";
import { toast } from "../../../../kit/toast.tsx";
import { useMe } from "../queries.ts";
import "./enter.css";
import { openSession, refuse, stay } from "./session.ts";

interface Props {
  code: string;
  /** `said` is why it did not work, when it did not. */
  onLeave: (said?: string) => void;
}

export function EnterFlow({ code, onLeave }: Props): ReactNode {
  const t = useWords();
  const session = useRef(openSession(null)).current;
  const [user, setUser] = useState<Me | null>(null);
  const [isBusy, setBusy] = useState(false);
  const busily = async (work: () => Promise<void>) => {
    setBusy(true);
    await work().finally(() => setBusy(false));
  };
  const enter = () =>
    busily(async () => {
      try {
        const found = await session.enter(code);
        if (found.isLanguageChosen) await setLanguage(found.language);
        setUser(found);
      } catch (error) {
        // A code that the server never saw still works; one that it refused never will.
        if (error instanceof ApiError && error.kind === "unauthenticated") onLeave(wordsOfError(t, error));
        else toast(wordsOfError(t, error), "trouble");
      }
    });
  const leave = () =>
    busily(async () => {
      try {
        await refuse(session);
        onLeave(t("enter:named.left"));
      } catch (error) {
        toast(wordsOfError(t, error), "trouble");
      }
    });
  if (user)
    return <Named user={user} isBusy={isBusy} onStay={() => stay(user.id)} onLeave={() => void leave()} />;
  return <Confirm code={code} isBusy={isBusy} onEnter={() => void enter()} onLeave={() => onLeave()} />;
}

function Confirm(props: {
  code: string;
  isBusy: boolean;
  onEnter: () => void;
  onLeave: () => void;
}): ReactNode {
  const t = useWords();
  // Telegram may open a link in a window of its own, which is not the browser that was meant.
  const copy = () => copyText(`${location.origin}/enter#${props.code}`, t("kit:copied"), t("kit:copyFailed"));
  const present = useMe().data;
  return (
    <Screen title={t("enter:confirm.title")} isTitleHidden onBack={null}>
      <div className="hero enter-hero" data-tone="waiting">
        <span className="receipt-mark" style={{ width: 80, height: 80 }}>
          <Icon name="key" size={44} />
        </span>
        <p className="hero-title">{t("enter:confirm.title")}</p>
        <p className="placeholder-text">{t("enter:confirm.text")}</p>
        {present && (
          <p className="placeholder-text">{t("enter:confirm.replaces", { name: present.firstName })}</p>
        )}
      </div>
      <div className="sheet-actions">
        <Button isLoading={props.isBusy} onClick={props.onEnter} testId="enter">
          {t("enter:confirm.go")}
        </Button>
        <Button look="plain" isDisabled={props.isBusy} onClick={() => void copy()} testId="copy-link">
          {t("enter:confirm.copy")}
        </Button>
        <Button look="plain" isDisabled={props.isBusy} onClick={props.onLeave}>
          {t("enter:confirm.no")}
        </Button>
      </div>
      <p className="enter-note hint small">{t("enter:confirm.shared")}</p>
    </Screen>
  );
}

function Named(props: { user: Me; isBusy: boolean; onStay: () => void; onLeave: () => void }): ReactNode {
  const t = useWords();
  const { firstName, lastName, username, photoUrl } = props.user;
  const title = t("enter:named.title", { name: firstName });
  return (
    <Screen title={title} isTitleHidden onBack={null}>
      <div className="hero enter-hero">
        <Avatar name={[firstName, lastName].filter(Boolean).join(" ")} url={photoUrl} size={88} />
        <p className="hero-title">{title}</p>
        {username && <p className="note hint">@{username}</p>}
        <p className="placeholder-text">{t("enter:named.text")}</p>
      </div>
      <div className="sheet-actions">
        <Button isDisabled={props.isBusy} onClick={props.onStay} testId="stay">
          {t("enter:named.go")}
        </Button>
        <Button look="danger" isLoading={props.isBusy} onClick={props.onLeave}>
          {t("enter:named.no")}
        </Button>
      </div>
    </Screen>
  );
}
