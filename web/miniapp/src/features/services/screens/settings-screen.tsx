/** Of which orders an executor is told: kinds of help, cities, a radius around a place. */
import { type ReactNode, useId, useState } from "react";
import { MainButton } from "../../../../../kit/button.tsx";
import { Segmented } from "../../../../../kit/form.tsx";
import { useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Cell, Section, SwitchCell } from "../../../../../kit/list.tsx";
import { QueryView, Screen, SkeletonRows } from "../../../../../kit/screen.tsx";
import { haptics, useClosingConfirmation } from "../../../../../kit/telegram.ts";
import { toast } from "../../../../../kit/toast.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import { CadenceCell } from "../parts/cadence-cell.tsx";
import { CategoryGrid } from "../parts/category-grid.tsx";
import { CityField, HereCell } from "../parts/city-field.tsx";
import { RADII } from "../parts/filter-sheet.tsx";
import { type ExecutorPreferences, useOwnFigures, useSavePreferences } from "../queries.ts";

const CITIES_MAX = 20;

export default function SettingsScreen(): ReactNode {
  const t = useWords();
  const back = useBack();
  return (
    <Screen title={t("orders:settings.title")} onBack={back} hasMainButton>
      <QueryView query={useOwnFigures()} skeleton={<SkeletonRows rows={5} avatar={0} />}>
        {({ preferences }) => <SettingsForm saved={preferences} onDone={back} />}
      </QueryView>
    </Screen>
  );
}

function SettingsForm(props: { saved: ExecutorPreferences; onDone: () => void }): ReactNode {
  const t = useWords();
  const [wishes, setWishes] = useState(props.saved);
  const [isDirty, setDirty] = useState(false);
  const save = useSavePreferences(() => {
    toast(t("orders:settings.saved"), "done");
    props.onDone();
  });
  useClosingConfirmation(isDirty && !save.isSuccess);
  const change = (part: Partial<ExecutorPreferences>) => {
    setDirty(true);
    setWishes({ ...wishes, ...part });
  };
  return (
    <>
      <Section>
        <SwitchCell
          title={t("orders:settings.on")}
          subtitle={t("orders:settings.onText")}
          isOn={wishes.isOn}
          onChange={(isOn) => {
            haptics.selection();
            change({ isOn });
          }}
        />
        {wishes.isOn && <CadenceCell />}
      </Section>
      {wishes.isOn && (
        <>
          <Kinds wishes={wishes} onChange={change} />
          <Where wishes={wishes} onChange={change} />
        </>
      )}
      <MainButton
        text={t("orders:settings.save")}
        isEnabled={isDirty}
        isLoading={save.isPending}
        onClick={() => save.mutate(wishes)}
      />
    </>
  );
}

interface PartProps {
  wishes: ExecutorPreferences;
  onChange: (part: Partial<ExecutorPreferences>) => void;
}

function Kinds({ wishes, onChange }: PartProps): ReactNode {
  const t = useWords();
  const id = useId();
  return (
    <section className="section">
      <h2 className="section-header" id={id}>
        {t("orders:settings.categories")}
      </h2>
      <CategoryGrid
        labelledBy={id}
        chosen={wishes.categories}
        isMany
        onToggle={(category) =>
          onChange({
            categories: wishes.categories.includes(category)
              ? wishes.categories.filter((one) => one !== category)
              : [...wishes.categories, category],
          })
        }
      />
      <p className="section-footer">{t("orders:settings.categoriesFooter")}</p>
    </section>
  );
}

function Where({ wishes, onChange }: PartProps): ReactNode {
  const t = useWords();
  const [typed, setTyped] = useState("");
  const radius = RADII.find((one) => Number(one) === wishes.radiusKm) ?? "10";
  return (
    <Section header={t("orders:settings.where")} footer={t("orders:settings.whereFooter")}>
      {wishes.cities.map((city) => (
        <Cell
          key={city}
          title={city}
          after={<Icon name="close" size={20} />}
          label={t("orders:settings.removeCity", { city })}
          onClick={() => onChange({ cities: wishes.cities.filter((one) => one !== city) })}
        />
      ))}
      {wishes.cities.length < CITIES_MAX && (
        <CityField
          label={t("orders:settings.addCity")}
          value={typed}
          onChange={setTyped}
          onPick={(city) => {
            setTyped("");
            if (!wishes.cities.includes(city)) onChange({ cities: [...wishes.cities, city] });
          }}
        />
      )}
      <HereCell
        point={wishes.near}
        onFound={(near) => onChange({ near, radiusKm: wishes.radiusKm ?? Number(radius) })}
        onClear={() => onChange({ near: null })}
      />
      {wishes.near && (
        <div style={{ padding: 8 }}>
          <Segmented
            label={t("orders:filter.radius")}
            value={radius}
            onChange={(value) => onChange({ radiusKm: Number(value) })}
            options={RADII.map((value) => ({ value, text: t("orders:filter.km", { km: value }) }))}
          />
        </div>
      )}
    </Section>
  );
}
