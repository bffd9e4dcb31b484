/** Notifications of this browser, where there can be any. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useWords, wordsOfError } from "../../../../kit/i18n.ts";
import { Section, SwitchCell } from "../../../../kit/list.tsx";
import { toast } from "../../../../kit/toast.tsx";
import { canPush, isPushOn, switchPushOff, switchPushOn } from "../push.ts";

const key = ["push"];

export function PushSection(): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const isOn = useQuery({ queryKey: key, queryFn: isPushOn, enabled: canPush() });
  const change = useMutation({
    mutationFn: async (wanted: boolean) => {
      if (!wanted) return switchPushOff();
      const switched = await switchPushOn();
      if (switched !== "on") toast(t(`profile:push.${switched}`), "trouble");
    },
    onSettled: () => client.invalidateQueries({ queryKey: key }),
    onError: (error) => toast(wordsOfError(t, error), "trouble"),
  });
  if (!canPush()) return null;
  return (
    <Section footer={t("profile:push.footer")}>
      <SwitchCell
        title={t("profile:push.title")}
        isOn={change.isPending ? change.variables : (isOn.data ?? false)}
        isDisabled={isOn.isPending || change.isPending}
        onChange={(wanted) => change.mutate(wanted)}
      />
    </Section>
  );
}
