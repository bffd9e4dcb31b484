import { usePage } from "./page-context.ts";
import { Avatar } from "./phone/avatar.tsx";
import { Icon } from "./phone/icons.tsx";

interface Props {
  tab: number | "world";
  onTab: (tab: number | "world") => void;
}

/** On a narrow screen there is room for one phone: these choose which, or the world's panel. */
export function Tabs({ tab, onTab }: Props) {
  const { world, words } = usePage();
  return (
    <nav className="tabs" aria-label={words.phones}>
      {world.phones.map(({ personId }) => {
        const person = world.people.find(({ id }) => id === personId);
        const name = person?.firstName ?? String(personId);
        return (
          <button
            type="button"
            key={personId}
            aria-current={tab === personId ? "page" : undefined}
            onClick={() => onTab(personId)}
          >
            <Avatar id={personId} name={name} url={person?.avatarUrl ?? ""} size={26} />
            <span>
              {name}
              <small>{person?.role ? words.roles[person.role] : ""}</small>
            </span>
          </button>
        );
      })}
      <button
        type="button"
        aria-current={tab === "world" ? "page" : undefined}
        onClick={() => onTab("world")}
      >
        <Icon name="clock" size={24} />
        <span>{words.world}</span>
      </button>
    </nav>
  );
}
