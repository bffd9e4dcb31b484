/** Paying on a page of the provider's: opened beside us, or on the phone of whoever sits at a computer. */
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { Button } from "../../../../kit/button.tsx";
import { useWords } from "../../../../kit/i18n.ts";
import { Unfolding } from "../../../../kit/list.tsx";
import { openOutside } from "../../../../kit/telegram.ts";
import { surface } from "./surface.ts";

const QrPicture = lazy(() => import("../qr-picture.tsx"));

/** Whoever comes back wants to know whether it is paid. */
export function PageButton({ url, onBack }: { url: string; onBack: () => void }): ReactNode {
  const t = useWords();
  const [isAway, setAway] = useState(false);
  const latest = useRef(onBack);
  latest.current = onBack;
  useEffect(() => {
    if (!isAway) return;
    const look = () => {
      if (document.visibilityState === "visible") latest.current();
    };
    document.addEventListener("visibilitychange", look);
    window.addEventListener("focus", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("focus", look);
    };
  }, [isAway]);
  const open = () => {
    setAway(true);
    openOutside(url);
  };
  return (
    <Button onClick={open} testId="pay-page">
      {t(isAway ? "pay:action.pageAgain" : "pay:action.page")}
    </Button>
  );
}

const isAtComputer = (): boolean => ["miniapp_desktop", "web"].includes(surface());

/** The same page by a QR code, where there is a phone to read it with: banks' apps are there. */
export function PageOnPhone({ url }: { url: string }): ReactNode {
  const t = useWords();
  if (!isAtComputer()) return null;
  return (
    <Unfolding icon="device" title={t("pay:qr.title")} subtitle={t("pay:qr.text")} testId="pay-on-phone">
      <div className="pay-qr-frame">
        <Suspense fallback={<div className="pay-qr" />}>
          <QrPicture text={url} label={t("pay:qr.label")} className="pay-qr" testId="pay-qr" />
        </Suspense>
      </div>
    </Unfolding>
  );
}
