/** How to get in, for who has no session in this browser: the bot gives a link. Also shown where a session has just ended. */
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { Button } from "../../../../kit/button.tsx";
import { Field } from "../../../../kit/form.tsx";
import { useWords } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Section } from "../../../../kit/list.tsx";
import { Screen } from "../../../../kit/screen.tsx";
import { config, signInBotLink } from "../config.ts";
import { useBack } from "../navigation.ts";
import { codeIn } from "./code.ts";
import "./enter.css";
import QrPicture from "../qr-picture.tsx";
import { EnterFlow } from "./enter-flow.tsx";

/** `needed`: a screen was asked for that a visitor cannot have. `said`: how an attempt to get in has ended. */
export default function GuideScreen(props: { reason?: "needed" | "ended"; said?: string | null }): ReactNode {
  const [code, setCode] = useState<string | null>(null);
  const [said, setSaid] = useState(props.said ?? null);
  const leave = (why?: string) => {
    setSaid(why ?? null);
    setCode(null);
  };
  if (code) return <EnterFlow code={code} onLeave={leave} />;
  return <Guide {...props} said={said} onCode={setCode} />;
}

function Guide(props: {
  reason?: "needed" | "ended";
  said?: string | null;
  onCode: (code: string) => void;
}): ReactNode {
  const t = useWords();
  const back = useBack();
  const isEnded = props.reason === "ended";
  const bot = config().botUsername;
  return (
    <Screen
      title={t(isEnded ? "enter:guide.ended" : "enter:guide.title")}
      lead={
        <>
          {props.reason === "needed" && `${t("enter:guide.needed")} `}
          {t(isEnded ? "enter:guide.endedLead" : "enter:guide.lead")}
        </>
      }
      onBack={isEnded ? null : back}
    >
      {props.said && (
        <p className="enter-said" role="alert">
          <Icon name="warning" size={20} />
          {props.said}
        </p>
      )}
      <Section header={t("enter:guide.steps")}>
        <ol className="enter-steps">
          {(["open", "ask", "follow"] as const).map((step) => (
            <li key={step}>{t(`enter:guide.${step}`, { bot })}</li>
          ))}
        </ol>
        <div className="enter-open">
          <a className="button" data-look="filled" href={signInBotLink()} target="_blank" rel="noopener">
            <Icon name="telegram" size={22} />
            {t("enter:guide.openBot")}
          </a>
        </div>
      </Section>
      <Paste onCode={props.onCode} />
      <div className="enter-qr">
        <Section header={t("enter:guide.qrHeader")}>
          <div className="enter-qr-row">
            <QrPicture
              text={signInBotLink()}
              label={t("enter:guide.qrLabel", { bot })}
              className="qr"
              testId="enter-qr"
            />
            <p className="note">{t("enter:guide.qr")}</p>
          </div>
        </Section>
      </div>
      {isEnded && (
        <Button look="plain" onClick={() => location.replace("/")}>
          {t("enter:guide.look")}
        </Button>
      )}
    </Screen>
  );
}

/** The link as text: an app on the home screen of an iPhone shares nothing with the browser that a link opens in. */
function Paste({ onCode }: { onCode: (code: string) => void }): ReactNode {
  const t = useWords();
  const [path] = useLocation();
  const [pasted, setPasted] = useState("");
  const [isWrong, setWrong] = useState(false);
  const go = () => {
    const code = codeIn(pasted);
    if (code) onCode(code);
    else setWrong(true);
  };
  return (
    <form
      key={path}
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <Section header={t("enter:guide.pasteHeader")} footer={t("enter:guide.pasteHint")}>
        <Field
          label={t("enter:guide.paste")}
          value={pasted}
          onChange={(value) => {
            setPasted(value);
            setWrong(false);
          }}
          error={isWrong ? t("enter:guide.pasteWrong") : null}
          max={300}
          testId="sign-in-link"
        />
        {pasted !== "" && (
          <div className="enter-open">
            <Button look="tinted" onClick={go}>
              {t("enter:guide.go")}
            </Button>
          </div>
        )}
      </Section>
    </form>
  );
}
