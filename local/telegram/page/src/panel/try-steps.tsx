import { usePage } from "../page-context.ts";
import { Avatar } from "../phone/avatar.tsx";
import { Icon } from "../phone/icons.tsx";
import { PlayButton } from "./play-button.tsx";

/** Five steps; the server ticks them by what it saw happen. The first open one is told in full. */
export function TrySteps() {
  const { world, words, language, showPhone } = usePage();
  const current = world.whatToTry.find((step) => !step.done)?.id;
  return (
    <>
      <ol className="steps">
        {world.whatToTry.map((step, index) => {
          const person = world.people.find(({ id }) => id === step.personId);
          const state = step.done ? "done" : step.id === current ? "current" : "later";
          return (
            <li
              key={step.id}
              className={`step ${state}`}
              aria-current={state === "current" ? "step" : undefined}
            >
              <span className="step-mark" aria-hidden="true">
                {step.done ? <Icon name="check" size={14} weight={3} /> : index + 1}
              </span>
              <button type="button" onClick={() => showPhone(step.personId)}>
                <b>
                  {step.title[language]}
                  {step.done ? <span className="sr"> ({words.done})</span> : null}
                </b>
                {state === "current" ? <span>{step.text[language]}</span> : null}
              </button>
              {person ? (
                <Avatar id={person.id} name={person.firstName} url={person.avatarUrl} size={22} />
              ) : null}
            </li>
          );
        })}
      </ol>
      {current === undefined ? <p className="all-done">{words.tryAll}</p> : null}
      <PlayButton />
      <h3 className="more-title">{words.tryMore}</h3>
      <ul className="more-to-try">
        <li>{words.tryAds}</li>
        <li>{words.tryHelp}</li>
      </ul>
    </>
  );
}
