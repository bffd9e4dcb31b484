/** A period in sums, and as a file for a spreadsheet. */
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useId, useState } from "react";
import type { Statement } from "../../../../../server/src/kernel/ledger/shapes.ts";
import { assetFullNames } from "../../../../kit/amount.ts";
import { Button } from "../../../../kit/button.tsx";
import { serverNow } from "../../../../kit/clock.ts";
import { useWords, wordsOfError } from "../../../../kit/i18n.ts";
import { Cell, Section } from "../../../../kit/list.tsx";
import { AmountText, copyText } from "../../../../kit/money.tsx";
import { Placeholder, QueryView, Screen, SkeletonRows } from "../../../../kit/screen.tsx";
import { haptics } from "../../../../kit/telegram.ts";
import { toast } from "../../../../kit/toast.tsx";
import { useBack } from "../navigation.ts";
import { canShare, download, shareFile } from "./file.ts";
import { turnover } from "./movement.ts";
import { dayOf, type Period, type PeriodKind, periodBetween, periodKinds, periodOf } from "./period.ts";
import { statementFile, useStatement } from "./requests.ts";

export default function StatementScreen(): ReactNode {
  const t = useWords();
  const back = useBack();
  const [kind, setKind] = useState<PeriodKind>("month");
  const [own, setOwn] = useState(() => ({
    first: dayOf(serverNow() - 29 * 86_400_000),
    last: dayOf(serverNow()),
  }));
  const period = kind === "own" ? periodBetween(own.first, own.last) : periodOf(kind, serverNow());
  const query = useStatement(period);
  return (
    <Screen title={t("balance:period.title")} onBack={back}>
      <div className="pills" role="radiogroup" aria-label={t("balance:period.label")}>
        {periodKinds.map((one) => (
          // biome-ignore lint/a11y/useSemanticElements: pills act as radios, as segmented controls do.
          <button
            key={one}
            type="button"
            role="radio"
            aria-checked={kind === one}
            className={kind === one ? "pill is-on" : "pill"}
            onClick={() => {
              haptics.selection();
              setKind(one);
            }}
          >
            {t(`balance:period.${one}`)}
          </button>
        ))}
      </div>
      {kind === "own" && (
        <Section
          footer={
            period ? t("balance:period.included") : <span role="alert">{t("balance:period.wrong")}</span>
          }
        >
          <DayField
            label={t("balance:period.from")}
            value={own.first}
            onChange={(first) => setOwn({ ...own, first })}
          />
          <DayField
            label={t("balance:period.to")}
            value={own.last}
            onChange={(last) => setOwn({ ...own, last })}
          />
        </Section>
      )}
      {period && (
        <QueryView query={query} skeleton={<SkeletonRows rows={4} avatar={0} />}>
          {(statement) => <Sums statement={statement} period={period} />}
        </QueryView>
      )}
    </Screen>
  );
}

function DayField(props: { label: string; value: string; onChange: (day: string) => void }): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {props.label}
      </label>
      <input
        id={id}
        type="date"
        className="field-input"
        value={props.value}
        max={dayOf(serverNow())}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </div>
  );
}

function Sums({ statement, period }: { statement: Statement; period: Period }): ReactNode {
  const t = useWords();
  const assets = statement.assets.filter(
    ({ opening, closing, movements }) => movements.length > 0 || opening !== "0" || closing !== "0",
  );
  if (assets.length === 0)
    return (
      <Placeholder icon="receipt" title={t("balance:period.empty")} text={t("balance:period.emptyText")} />
    );
  return (
    <>
      {assets.map(({ asset, opening, closing, movements }) => {
        const sums = turnover(movements);
        const row = (name: "opening" | "in" | "out" | "closing", amount: string, isStrong = false) => (
          <Cell
            title={t(`balance:period.${name}`)}
            after={<AmountText value={{ amount, asset }} isExact />}
            isAfterStrong={isStrong}
          />
        );
        return (
          <Section
            key={asset}
            header={assetFullNames[asset]}
            footer={t("balance:period.count", { count: movements.length })}
            testId={`statement-${asset}`}
          >
            {row("opening", opening)}
            {row("in", sums.in)}
            {row("out", sums.out)}
            {row("closing", closing, true)}
          </Section>
        );
      })}
      <FileActions period={period} />
    </>
  );
}

/** A file can be sent on where the device offers that, saved where the browser can, and copied everywhere. */
function FileActions({ period }: { period: Period }): ReactNode {
  const t = useWords();
  const run = useMutation({
    mutationFn: async (way: "share" | "download" | "copy") => {
      const file = await statementFile(period);
      if (way === "copy") return copyText(await file.text(), t("kit:copied"), t("kit:copyFailed"));
      if (way === "download") download(file);
      else if (!(await shareFile(file))) return;
      toast(t("balance:period.ready"), "done");
    },
    onError: (error) => toast(wordsOfError(t, error), "trouble"),
  });
  const button = (way: "share" | "download" | "copy", look: "filled" | "tinted" | "plain") => (
    <Button
      key={way}
      look={look}
      onClick={() => run.mutate(way)}
      isLoading={run.isPending && run.variables === way}
      isDisabled={run.isPending}
      testId={`statement-${way}`}
    >
      {t(`balance:period.${way}`)}
    </Button>
  );
  const [first, ...others] = canShare()
    ? (["share", "download", "copy"] as const)
    : (["download", "copy"] as const);
  return (
    <>
      <div className="sheet-actions">
        {button(first, "filled")}
        {others.map((way) => button(way, "plain"))}
      </div>
      <p className="section-footer" style={{ textAlign: "center" }}>
        {t("balance:period.footer")}
      </p>
    </>
  );
}
