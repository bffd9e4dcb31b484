/** The figures as a file for a spreadsheet: sent on where the device offers that, else saved, and copied everywhere. */
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Party } from "../../../../../../server/src/markets/channels/advertising/shapes.ts";
import { get } from "../../../../../kit/api.ts";
import { Button } from "../../../../../kit/button.tsx";
import { useWords, wordsOfError } from "../../../../../kit/i18n.ts";
import { copyText } from "../../../../../kit/money.tsx";
import { toast } from "../../../../../kit/toast.tsx";
import { canShare, download, shareFile } from "../../../kernel/balance/file.ts";

export function FiguresFile({ role }: { role: Party }): ReactNode {
  const t = useWords();
  const run = useMutation({
    mutationFn: async (way: "share" | "download" | "copy") => {
      const text = await get<string>("/api/dashboards/history.csv", { role });
      if (way === "copy") return copyText(text, t("kit:copied"), t("kit:copyFailed"));
      const file = new File([text], `souk-${role}.csv`, { type: "text/csv" });
      if (way === "download") download(file);
      else if (!(await shareFile(file))) return;
      toast(t("balance:period.ready"), "done");
    },
    onError: (error) => toast(wordsOfError(t, error), "trouble"),
  });
  const ways = [canShare() ? "share" : "download", "copy"] as const;
  return (
    <div className="sheet-actions" style={{ paddingBottom: 24 }}>
      {ways.map((way, place) => (
        <Button
          key={way}
          look={place === 0 ? "tinted" : "plain"}
          isLoading={run.isPending && run.variables === way}
          isDisabled={run.isPending}
          onClick={() => run.mutate(way)}
          testId={`figures-${way}`}
        >
          {t(`ads:dashboard.file.${way}`)}
        </Button>
      ))}
    </div>
  );
}
