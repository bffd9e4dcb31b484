/** The one card at the top of every deal: what happens next, whose move it is, until when, and what if not. */
import type { ReactNode } from "react";
import { Icon, type IconName } from "./icons.tsx";
import { Chip, type Tone } from "./list.tsx";
import { TimeLeft } from "./time-left.tsx";

const icons: Record<Tone, IconName> = {
  waiting: "clock",
  safe: "lock",
  done: "check",
  trouble: "warning",
  quiet: "clock",
};

export interface NextStepCardProps {
  tone: Tone;
  who: string;
  title: string;
  body?: string | null;
  otherwise?: string | null;
  deadline: string | null;
  /** Steps done of all steps on the way; null when the deal left the way. */
  progress: { done: number; of: number } | null;
  children?: ReactNode;
}

export function NextStepCard(props: NextStepCardProps): ReactNode {
  return (
    <section className="step-card" data-tone={props.tone} data-testid="next-step" aria-label={props.title}>
      {props.progress && <Progress {...props.progress} />}
      <div className="step-card-top">
        <Chip tone={props.tone}>{props.who}</Chip>
        {props.deadline && <TimeLeft until={props.deadline} />}
      </div>
      <div aria-live="polite">
        <h2 className="step-card-title">{props.title}</h2>
        {props.body && <p className="step-card-body">{props.body}</p>}
      </div>
      {props.otherwise && (
        <p className="step-card-otherwise">
          <Icon name={icons[props.tone]} size={18} />
          <span>{props.otherwise}</span>
        </p>
      )}
      <div className="step-card-actions">{props.children}</div>
    </section>
  );
}

function Progress({ done, of }: { done: number; of: number }): ReactNode {
  return (
    <div className="progress" aria-hidden="true">
      {Array.from({ length: of }, (_, step) => `step-${step}`).map((key, step) => (
        <span key={key} data-on={step < done ? "" : undefined} />
      ))}
    </div>
  );
}
