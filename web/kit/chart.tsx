/**
 * Small charts on the theme's own colours: a line over time, and bars. What a picture shows is also a table for who cannot see it or
 * wants the figures; a finger or a pointer on the picture reads one value.
 */
import { type PointerEvent, type ReactNode, useId, useState } from "react";
import { linesOf, nearest, type Point, scaleOf } from "./chart-shape.ts";
import { useWords } from "./i18n.ts";
import "./styles/chart.css";

interface ChartProps {
  title: string;
  points: readonly Point[];
  /** Of a value, in words of the reader's language. */
  format: (value: number) => string;
  formatAt: (at: string) => string;
  /** Shown while there are fewer than two known points. */
  emptyText: string;
}

/** One value over time. Starts near its least value, for what matters is its change. */
export function LineChart(props: ChartProps): ReactNode {
  const { points } = props;
  const [chosen, setChosen] = useState<number | null>(null);
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  const scale = scaleOf(values, false);
  const { paths, dots } = linesOf(points, scale);
  const shown = dots.find(({ index }) => index === chosen) ?? dots.at(-1);
  const choose = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setChosen(nearest(dots, ((event.clientX - left) / width) * 100));
  };
  return (
    <ChartFrame {...props} known={values.length} index={shown?.index ?? null} scale={scale}>
      <div
        className="chart-plot"
        onPointerDown={choose}
        onPointerMove={choose}
        onPointerLeave={() => setChosen(null)}
      >
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {paths.map((path) => (
            <path key={path} d={path} className="chart-line" />
          ))}
        </svg>
        {shown && <span className="chart-dot" style={{ left: `${shown.x}%`, top: `${shown.y}%` }} />}
      </div>
    </ChartFrame>
  );
}

/** Sums of equal spans of time, from zero. */
export function BarChart(props: ChartProps): ReactNode {
  const { points } = props;
  const [chosen, setChosen] = useState<number | null>(null);
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  const scale = scaleOf(values, true);
  const last = points.findLastIndex(({ value }) => value !== null && value > 0);
  const index = chosen ?? (last < 0 ? null : last);
  const choose = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const place = Math.floor(((event.clientX - left) / width) * points.length);
    setChosen(Math.min(points.length - 1, Math.max(0, place)));
  };
  return (
    <ChartFrame {...props} known={values.length + 1} index={index} scale={scale}>
      <div
        className="chart-plot"
        onPointerDown={choose}
        onPointerMove={choose}
        onPointerLeave={() => setChosen(null)}
      >
        <div className="chart-bars" aria-hidden="true">
          {points.map(({ at, value }, place) => (
            <span key={at} className="chart-bar-slot">
              <span
                className="chart-bar"
                data-on={place === index ? "" : undefined}
                style={{ height: `${((value ?? 0) / scale.max) * 100}%` }}
              />
            </span>
          ))}
        </div>
      </div>
    </ChartFrame>
  );
}

function ChartFrame(
  props: ChartProps & {
    known: number;
    index: number | null;
    scale: { min: number; max: number };
    children: ReactNode;
  },
): ReactNode {
  const { title, points, format, formatAt, scale } = props;
  const id = useId();
  const t = useWords();
  if (props.known < 2)
    return (
      <figure className="chart" aria-labelledby={id}>
        <figcaption className="chart-title" id={id}>
          {title}
        </figcaption>
        <p className="chart-empty">{props.emptyText}</p>
      </figure>
    );
  const shown = props.index === null ? undefined : points[props.index];
  return (
    <figure className="chart" aria-labelledby={id}>
      <figcaption className="chart-head">
        <span className="chart-title" id={id}>
          {title}
        </span>
        {shown && (
          <span className="chart-now">
            <span className="chart-value">{shown.value === null ? "–" : format(shown.value)}</span>
            <time className="chart-at" dateTime={shown.at}>
              {formatAt(shown.at)}
            </time>
          </span>
        )}
      </figcaption>
      <div className="chart-box">
        {props.children}
        <span className="chart-scale is-top">{format(scale.max)}</span>
        <span className="chart-scale is-low">{format(scale.min)}</span>
      </div>
      <p className="chart-ends" aria-hidden="true">
        <span>{formatAt(points[0]?.at ?? "")}</span>
        <span>{formatAt(points.at(-1)?.at ?? "")}</span>
      </p>
      <details className="chart-table">
        <summary>{t("kit:chart.table")}</summary>
        <table aria-labelledby={id}>
          <tbody>
            {points.map(({ at, value }) => (
              <tr key={at}>
                <th scope="row">{formatAt(at)}</th>
                <td>{value === null ? t("kit:chart.unknown") : format(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
