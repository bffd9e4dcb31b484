import { usePage } from "../page-context.ts";

/** What is pretended here, what is not, and which settings make it real on a test network. */
export function Truth() {
  const { words } = usePage();
  return (
    <div className="truth">
      <p className="no-money">{words.realMoney}</p>
      <dl>
        <dt>{words.real}</dt>
        <dd>{words.realText}</dd>
        <dt>{words.pretended}</dt>
        <dd>{words.pretendedText}</dd>
      </dl>
      <details className="real-settings">
        <summary>{words.makeReal}</summary>
        <p>{words.makeRealText}</p>
        <dl className="settings">
          {Object.entries(words.settings).map(([name, meaning]) => (
            <div key={name}>
              <dt>
                <code>{name}</code>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </details>
    </div>
  );
}
