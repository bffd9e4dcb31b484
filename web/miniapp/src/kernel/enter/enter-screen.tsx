/** `/enter`: where one-time links lead. Looking at it changes nothing; without a code it says how to get in. */
import { type ReactNode, useEffect, useState } from "react";
import { useLocation } from "wouter";
import { isSignedIn } from "../../../../kit/reader.ts";
import { takeCode } from "./code.ts";
import { EnterFlow } from "./enter-flow.tsx";
import GuideScreen from "./guide-screen.tsx";

/** Taken once, when the page's script arrives: React may begin to draw a screen more than once. */
let arrived = takeCode();

export default function EnterScreen(): ReactNode {
  const [, navigate] = useLocation();
  const [code, setCode] = useState(arrived);
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    arrived = null;
    // A second link opened in the same tab changes nothing but the fragment.
    const changed = () => setCode((before) => takeCode() ?? before);
    changed();
    window.addEventListener("hashchange", changed);
    return () => window.removeEventListener("hashchange", changed);
  }, []);
  const isIdle = code === null && isSignedIn();
  useEffect(() => {
    if (isIdle) navigate("/", { replace: true });
  }, [isIdle, navigate]);
  if (isIdle) return null;
  if (code === null) return <GuideScreen said={said} />;
  return (
    <EnterFlow
      key={code}
      code={code}
      onLeave={(why) => {
        setSaid(why ?? null);
        setCode(null);
      }}
    />
  );
}
