/** A city by its first letters, or by where one is. What is typed counts once it names a city of the list. */
import { type ReactNode, useDeferredValue, useState } from "react";
import { Field } from "../../../../../kit/form.tsx";
import { useWords, wordsOfError } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Cell } from "../../../../../kit/list.tsx";
import { haptics } from "../../../../../kit/telegram.ts";
import { toast } from "../../../../../kit/toast.tsx";
import { locate } from "../place.ts";
import { nearestCity, type Point, useCities } from "../queries.ts";

export function CityField(props: {
  value: string;
  onChange: (city: string) => void;
  error?: string | null;
  label?: string;
  /** For adding one to several: what was chosen leaves the field. */
  onPick?: (city: string) => void;
}): ReactNode {
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  const typed = useDeferredValue(props.value);
  const { data } = useCities(typed);
  const found = data?.cities ?? [];
  const isChosen = found.some(({ name }) => name.toLowerCase() === props.value.trim().toLowerCase());
  return (
    <>
      <Field
        label={props.label ?? t("orders:form.city")}
        value={props.value}
        max={60}
        placeholder={t("orders:form.cityPlaceholder")}
        error={props.error ?? null}
        onChange={(value) => {
          setOpen(true);
          props.onChange(value);
        }}
        testId="city"
      />
      {isOpen && props.value !== "" && (!isChosen || props.onPick) && found.length > 0 && (
        <section className="suggestions" aria-label={t("orders:form.cities")} data-testid="cities">
          {found.slice(0, 5).map(({ name, region }) => (
            <Cell
              key={`${name} ${region}`}
              title={name}
              subtitle={name.includes("(") ? undefined : region}
              onClick={() => {
                haptics.selection();
                (props.onPick ?? props.onChange)(name);
                setOpen(false);
              }}
            />
          ))}
        </section>
      )}
    </>
  );
}

/** Finds out where one is, and the city nearest to it. */
export function useHere(onFound: (point: Point, city: string | null) => void) {
  const t = useWords();
  const [isLooking, setLooking] = useState(false);
  const look = async () => {
    setLooking(true);
    try {
      const found = await locate();
      if ("problem" in found) return toast(t(`orders:place.${found.problem}`), "trouble");
      const city = await nearestCity(found.point);
      haptics.success();
      onFound(found.point, city?.name ?? null);
    } catch (error) {
      toast(wordsOfError(t, error), "trouble");
    } finally {
      setLooking(false);
    }
  };
  return { look: () => void look(), isLooking };
}

/** The press that gives one's place, and takes it back. */
export function HereCell(props: {
  point: Point | null;
  onFound: (point: Point, city: string | null) => void;
  onClear: () => void;
  footer?: boolean;
}): ReactNode {
  const t = useWords();
  const here = useHere(props.onFound);
  return props.point ? (
    <Cell
      before={<Icon name="pin" />}
      title={t("orders:place.known")}
      subtitle={t("orders:place.knownText")}
      after={<span style={{ color: "var(--link)" }}>{t("orders:place.clear")}</span>}
      onClick={props.onClear}
      testId="here"
    />
  ) : (
    <Cell
      look="action"
      before={here.isLooking ? <span className="spinner" aria-hidden="true" /> : <Icon name="pin" />}
      title={t(here.isLooking ? "orders:place.looking" : "orders:place.give")}
      onClick={here.look}
      testId="here"
    />
  );
}
