import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useWords, wordsOfError } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Cell, Section, SwitchCell } from "../../../../kit/list.tsx";
import { useReader } from "../../../../kit/reader.ts";
import { toast } from "../../../../kit/toast.tsx";
import { install, useCanInstall } from "../install.ts";
import { canPush, isPushOn, needsHomeScreen, switchPushOff, switchPushOn } from "../push.ts";

const key = ["push"];

/** The app as this browser's own: notifications, and a place on the device. Inside of Telegram there is neither. */
export function BrowserSection(): ReactNode {
  const reader = useReader();
  const t = useWords();
  const mayInstall = useCanInstall();
  if (reader !== "browser") return null;
  return (
    <>
      {canPush() ? (
        <Push />
      ) : (
        needsHomeScreen() && <p className="section-footer">{t("profile:push.homeScreen")}</p>
      )}
      {mayInstall && (
        <Section footer={t("profile:install.footer")}>
          <Cell
            look="action"
            before={<Icon name="download" />}
            title={t("profile:install.title")}
            onClick={() => void install()}
            testId="install"
          />
        </Section>
      )}
    </>
  );
}

function Push(): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const isOn = useQuery({ queryKey: key, queryFn: isPushOn });
  const change = useMutation({
    mutationFn: async (wanted: boolean) => {
      if (!wanted) return switchPushOff();
      const switched = await switchPushOn();
      if (switched !== "on") toast(t(`profile:push.${switched}`), "trouble");
    },
    onSettled: () => client.invalidateQueries({ queryKey: key }),
    onError: (error) => toast(wordsOfError(t, error), "trouble"),
  });
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
