/** What the server found wrong with an order, at the field where it is. */
import { useState } from "react";
import { useLocation } from "wouter";
import { focusFirstError } from "../../../../../kit/form.tsx";
import { useWords, wordsOfError } from "../../../../../kit/i18n.ts";
import { ApiError } from "../../../../../kit/problem.ts";
import { haptics } from "../../../../../kit/telegram.ts";
import { toast } from "../../../../../kit/toast.tsx";
import type { Mistake } from "./order-form.tsx";

export function useMistake() {
  const t = useWords();
  const [, navigate] = useLocation();
  const [mistake, setMistake] = useState<Mistake | null>(null);
  const show = (next: Mistake) => {
    setMistake(next);
    haptics.error();
    focusFirstError();
  };
  /** True when it was shown where it belongs. */
  const onError = (error: unknown): boolean => {
    if (!(error instanceof ApiError)) return false;
    const { details } = error;
    if (error.code === "services.contact_busy" && typeof details.orderId === "string") {
      toast(wordsOfError(t, error), "trouble");
      navigate(`/orders/${details.orderId}`, { replace: true });
      return true;
    }
    if (error.code === "services.city_unknown") {
      const like = Array.isArray(details.suggestions) ? details.suggestions.slice(0, 3).join(", ") : "";
      show({ at: "city", text: like ? t("orders:form.cityLike", { like }) : wordsOfError(t, error) });
      return true;
    }
    if (error.code === "services.contact_invalid" || error.code === "services.contact_busy") {
      show({ at: "contact", text: wordsOfError(t, error) });
      return true;
    }
    return false;
  };
  return { mistake, show, clear: () => setMistake(null), onError };
}
